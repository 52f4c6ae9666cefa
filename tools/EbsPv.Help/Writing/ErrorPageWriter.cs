using System.Text;
using EbsPv.Help.Model;

namespace EbsPv.Help.Writing;

/// <summary>The table of error ids as a page of docs/.</summary>
internal static class ErrorPageWriter
{
    public static string Write(IReadOnlyList<ErrorRow> errors)
    {
        var page = new StringBuilder($"{HelpFiles.Mark} from src/EbsPv.Core/Errors/ErrorIds*.cs: change those and run it. -->\n# Error ids\n\n");
        page.Append("Ids are stable: scripts may compare them. The id stands before the comma of `FullyQualifiedErrorId`:\n\n");
        page.Append("```powershell\ntry { Get-WorkerZone -ErrorAction Stop }\ncatch { if ($_.FullyQualifiedErrorId -like 'WorkerNotFound,*') { 'no workers' } else { throw } }\n```\n");
        foreach (var group in errors.GroupBy(row => row.Group))
        {
            page.Append($"\n## {group.Key}\n\n| Id | Meaning |\n|---|---|\n");
            foreach (var row in group) page.Append($"| `{row.Id}` | {row.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return page.ToString();
    }
}
