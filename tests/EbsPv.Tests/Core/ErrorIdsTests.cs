using System.Reflection;
using EbsPv.Errors;
using Xunit;

namespace EbsPv.Tests.Core;

public class ErrorIdsTests
{
    [Fact]
    public void Every_id_is_its_own_name_so_that_no_two_are_the_same()
    {
        var ids = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static);
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Equal(id.Name, id.GetRawConstantValue()));
    }
}
