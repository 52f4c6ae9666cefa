using System.Globalization;
using System.Xml;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>Writes the elements of an answer as EC2 writes them: absent for null, "item" for the members of a set.</summary>
public sealed class AnswerWriter(XmlWriter xml)
{
    public void Text(string name, string? value)
    {
        if (value is null) return;
        xml.WriteStartElement(name);
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    public void Number(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Flag(string name, bool value) => Text(name, value ? "true" : "false");

    public void Time(string name, DateTimeOffset value) => Text(name, Format(value));

    public void Element(string name, Action content)
    {
        xml.WriteStartElement(name);
        content();
        xml.WriteEndElement();
    }

    public void Set<T>(string name, IEnumerable<T> members, Action<T> write)
    {
        xml.WriteStartElement(name);
        foreach (var member in members) Element("item", () => write(member));
        xml.WriteEndElement();
    }

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
