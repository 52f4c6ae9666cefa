using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>What a request asks for, taken from its path, query and body.</summary>
public sealed class ApiRequest
{
    private ApiRequest(HttpContext context, byte[] body)
    {
        Method = context.Request.Method;
        // The client library asks for /version/.
        Path = "/" + (context.Request.Path.Value ?? "").Trim('/');
        Query = context.Request.Query;
        ContentType = (context.Request.ContentType ?? "").Split(';')[0].Trim();
        Accept = context.Request.Headers.Accept.ToString();
        Body = body;
    }

    public string Method { get; }

    public string Path { get; }

    public IQueryCollection Query { get; }

    public string ContentType { get; }

    public string Accept { get; }

    public byte[] Body { get; }

    public ResourceType? Type { get; private set; }

    /// <summary>The version of the API that the path names: some kinds are served under several.</summary>
    public string Version { get; private set; } = "";

    public string ApiVersion => Type is not { Group.Length: > 0 } type ? Version : $"{type.Group}/{Version}";

    public string Namespace { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Subresource { get; private set; } = "";

    /// <summary>The verb as RBAC knows it.</summary>
    public string Verb { get; private set; } = "";

    public string Resource => Type is null ? Path.Trim('/') : Subresource.Length == 0 ? Type.Plural : $"{Type.Plural}/{Subresource}";

    /// <summary>What the ledger and the fault plan call this request.</summary>
    public string Operation => $"{Verb} {Resource}";

    /// <summary>The object's name; that of a new object stands in the body.</summary>
    public string Target => Name.Length > 0 || Verb != "create" ? Name : NameInBody();

    /// <summary>The name that a role's resourceNames are compared with: a list or watch of one object by field counts as named.</summary>
    public string NameForRules => Name.Length == 0 && (Verb is "list" or "watch" or "deletecollection") ? NameInSelector() : Name;

    public bool IsWatch => Verb == "watch";

    public bool WantsTable => Accept.Contains("as=Table", StringComparison.Ordinal);

    public bool AcceptsJson =>
        Accept.Length == 0 || Accept.Contains("json", StringComparison.Ordinal) || Accept.Contains("*", StringComparison.Ordinal);

    public static async Task<ApiRequest> ReadAsync(HttpContext context, ServedTypes served)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new ApiRequest(context, body.ToArray());
        request.ReadPath(served);
        request.Verb = request.VerbOfMethod();
        return request;
    }

    public string Option(string name) => Query.TryGetValue(name, out var values) ? values.ToString() : "";

    private void ReadPath(ServedTypes served)
    {
        var steps = new Queue<string>(Path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        if (!steps.TryDequeue(out var root) || root is not ("api" or "apis")) return;
        var group = "";
        if (root == "apis" && !steps.TryDequeue(out group)) return;
        if (!steps.TryDequeue(out var version) || !steps.TryDequeue(out var plural)) return;
        if (plural == "namespaces" && steps.Count >= 2 && steps.ElementAt(1) is not ("status" or "finalize"))
        {
            Namespace = steps.Dequeue();
            plural = steps.Dequeue();
        }

        var type = served.Find(group, version, plural);
        if (type is null || (Namespace.Length > 0 && !type.Namespaced)) return;
        Name = steps.TryDequeue(out var name) ? name : "";
        Subresource = string.Join('/', steps);
        Type = type;
        Version = version;
    }

    private string VerbOfMethod() => Method switch
    {
        "GET" when Type is null => "get",
        "GET" when Option("watch") is "1" or "true" => "watch",
        "GET" => Name.Length > 0 ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" when Name.Length == 0 => "deletecollection",
        "DELETE" => "delete",
        _ => Method.ToLowerInvariant(),
    };

    private string NameInSelector()
    {
        const string Field = "metadata.name=";
        var term = Option("fieldSelector").Split(',').FirstOrDefault(term => term.StartsWith(Field, StringComparison.Ordinal));
        return term?[Field.Length..].TrimStart('=') ?? "";
    }

    private string NameInBody()
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(Body)).Text("metadata", "name") ?? "";
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            return "";
        }
    }
}
