using EbsPv.Help;

(bool Check, string From)? asked = args switch
{
    [] => (false, AppContext.BaseDirectory),
    ["--check"] => (true, AppContext.BaseDirectory),
    ["--root", var root] => (false, root),
    ["--check", "--root", var root] => (true, root),
    _ => null,
};
if (asked is not { } task)
{
    Console.Error.WriteLine("usage: EbsPv.Help [--check] [--root CHECKOUT]");
    return 2;
}

try
{
    var checkout = Checkout.Find(task.From);
    var files = HelpFiles.All(checkout);
    return task.Check ? checkout.Check(files) : checkout.Write(files);
}
catch (HelpException incomplete)
{
    Console.Error.WriteLine(incomplete.Message);
    return 2;
}
