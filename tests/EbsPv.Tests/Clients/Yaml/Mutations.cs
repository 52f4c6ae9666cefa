using System.Text;

namespace EbsPv.Tests.Clients.Yaml;

/// <summary>Files as nobody wrote them: good ones, changed at random and yet always the same for a seed.</summary>
internal static class Mutations
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "&a ", "*a", "!!python/object:os.system ", "!!binary ", "!local ", "<<: *a\n", "- ", "? ", ": ", "{", "}", "[", "]", "\"", "'", "|\n", ">-\n", "#", "%TAG ! tag:x,2000:\n", "%YAML 9.9\n",
            "---\n", "...\n", "\n", "\r", "\t", "\0", "\uFEFF", "\u2028", "~", "null", "yes", "1e400", "0x7fffffffffffffff", "999999999999999999999", ".nan", "\\", "\\u0000", "\\x", "\u202e", "=", "@", "`",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [0xfe, 0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf5], [0x80],
    ];

    /// <summary>The file of a seed.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="good">What is changed.</param>
    public static byte[] Of(int seed, IReadOnlyList<string> good)
    {
        var random = new Random(seed);
        var file = Encoding.UTF8.GetBytes(good[random.Next(good.Count)]).ToList();
        for (var changes = 1 + random.Next(3); changes > 0; changes--) Change(file, random, good);
        return random.Next(20) == 0 ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString([.. file])) : [.. file];
    }

    private static void Change(List<byte> file, Random random, IReadOnlyList<string> good)
    {
        var at = random.Next(file.Count + 1);
        var length = Math.Min(random.Next(1, 40), file.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < file.Count:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file.RemoveRange(at, length);
                break;
            case 2:
                file.InsertRange(random.Next(file.Count + 1), file.GetRange(at, length));
                break;
            case 3:
                file.RemoveRange(at, file.Count - at);
                break;
            case 4:
                var other = Encoding.UTF8.GetBytes(good[random.Next(good.Count)]);
                file.InsertRange(at, other.Skip(random.Next(other.Length)).Take(random.Next(200)));
                break;
            case 5:
                var token = Tokens[random.Next(Tokens.Length)];
                file.InsertRange(at, Enumerable.Repeat(token, 1 + random.Next(100)).SelectMany(bytes => bytes));
                break;
            default:
                file.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
