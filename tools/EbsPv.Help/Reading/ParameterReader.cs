using System.Collections;
using System.Management.Automation;
using EbsPv.Help.Model;

namespace EbsPv.Help.Reading;

/// <summary>What the engine knows of parameters, and what their /// comments say.</summary>
internal sealed class ParameterReader(XmlDocumentation documentation)
{
    // The engine's own, which have no comment of ours. Every cmdlet that changes something says -WhatIf and -Confirm alike.
    private static readonly Dictionary<string, string> Engine = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Reads, says what would be done, and emits it as planned objects, which the next cmdlet's -WhatIf takes. Nothing is changed.",
        ["Confirm"] = "Asks before each object that would be made. What is refused is left out; the rest goes on.",
    };

    /// <summary>The parameters of a set that are shown: positional ones first, then mandatory ones, then as they are declared.</summary>
    public IReadOnlyList<Parameter> Read(CommandParameterSetInfo set, object instance) =>
    [
        .. set.Parameters.Where(IsShown)
            .Select(parameter => Describe(parameter, instance))
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)
            .ThenByDescending(parameter => parameter.IsRequired)
            .ThenBy(parameter => Engine.ContainsKey(parameter.Name)),
    ];

    private static bool IsShown(CommandParameterInfo parameter) =>
        !Cmdlet.CommonParameters.Contains(parameter.Name)
        && !parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow);

    private Parameter Describe(CommandParameterInfo parameter, object instance)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new Parameter
        {
            Name = parameter.Name,
            Type = TypeName(type),
            Description = Description(parameter.Name, instance.GetType()),
            IsSwitch = type == typeof(SwitchParameter),
            IsRequired = parameter.IsMandatory,
            Position = parameter.Position >= 0 ? parameter.Position : null,
            ByValue = parameter.ValueFromPipeline,
            ByPropertyName = parameter.ValueFromPipelineByPropertyName,
            Wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            Default = Default(parameter, type, instance),
            Range = parameter.Attributes.OfType<ValidateRangeAttribute>().Select(range => $"{range.MinRange} to {range.MaxRange}").FirstOrDefault(),
            Aliases = [.. parameter.Aliases.Order(StringComparer.Ordinal)],
            Values = type.IsEnum ? [.. Enum.GetNames(type).Select(name => new NamedText(name, documentation.OfValue(type, name)))] : [],
        };
    }

    // A comment stands where the property does, which may be a base class.
    private string Description(string name, Type cmdlet)
    {
        if (Engine.TryGetValue(name, out var known)) return known;
        return cmdlet.GetProperty(name)?.DeclaringType is { } declaring ? documentation.OfProperty(declaring, name) : string.Empty;
    }

    private static string Default(CommandParameterInfo parameter, Type type, object instance)
    {
        if (parameter.IsMandatory) return "None";
        return type == typeof(SwitchParameter) ? "False" : Text(instance.GetType().GetProperty(parameter.Name)?.GetValue(instance));
    }

    private static string TypeName(Type type)
    {
        if (type.IsArray) return $"{TypeName(type.GetElementType()!)}[]";
        if (type == typeof(string)) return "string";
        if (type == typeof(int)) return "int";
        if (type == typeof(bool)) return "bool";
        return type == typeof(IDictionary) ? "hashtable" : type.Name;
    }

    private static string Text(object? value) => value switch
    {
        null or "" => "None",
        IEnumerable list and not string => string.Join(", ", list.Cast<object>()),
        _ => value.ToString()!,
    };
}
