using EbsPv.Shell;

return args switch
{
    ["-File", var path, .. var rest] => Script.Run(await File.ReadAllTextAsync(path), rest),
    ["-Command", var text] => Script.Run(text, []),
    _ => Script.Usage(),
};
