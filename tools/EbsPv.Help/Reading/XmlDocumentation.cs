using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EbsPv.Help.Reading;

/// <summary>The /// comments of the assemblies, as the compiler writes them, in Markdown.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _summaries = new(StringComparer.Ordinal);

    public static XmlDocumentation Load(string folder)
    {
        var documentation = new XmlDocumentation();
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml"))
            foreach (var member in XDocument.Load(file).Descendants("member"))
                if (member.Element("summary") is { } summary)
                    documentation._summaries[member.Attribute("name")!.Value] = summary;
        return documentation;
    }

    public string Of(Type type) => Summary($"T:{type.FullName}");

    public string OfProperty(Type declaring, string name) => Summary($"P:{declaring.FullName}.{name}");

    public string OfValue(Type enumeration, string name) => Summary($"F:{enumeration.FullName}.{name}");

    private string Summary(string member) =>
        _summaries.TryGetValue(member, out var summary) ? Whitespace().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim() : string.Empty;

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement other => other.Value,
        _ => string.Empty,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
