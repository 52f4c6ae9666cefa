<#
.SYNOPSIS
    Builds, tests and packs EbsPv. Everything it does is a call of dotnet.
.EXAMPLE
    ./build.ps1
    Builds the module into ./bin; Import-Module ./EbsPv.psd1 then works.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Help
    Makes the help anew from docs/source and the comments in the code.
.EXAMPLE
    ./build.ps1 -Task Package
    Leaves the module in out/EbsPv/<version> and its package in out.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Package', 'Sandbox')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

switch ($Task) {
    'Build' { dotnet build src/EbsPv.PowerShell }
    'Test' { dotnet test }
    'Help' { dotnet run --project tools/EbsPv.Help }
    'Sandbox' { dotnet run --project sandbox/EbsPv.Sandbox }
    'Package' { dotnet pack packaging/EbsPv.Package.csproj }
}

exit $LASTEXITCODE
