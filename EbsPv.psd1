@{
    RootModule           = 'bin/EbsPv.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d7f3f0a-5c0e-4b0e-9d55-2f1f4f6f0b7e'
    Author               = 'EbsPv contributors'
    CompanyName          = 'EbsPv contributors'
    Copyright            = '(c) EbsPv contributors. MIT licence.'
    Description          = 'Gives Kubernetes clusters on AWS their EBS-backed PersistentVolumes: finds the zones of the workers, creates volumes there, and registers them. Running it again is harmless.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @(
        'bin/WorkerZone.Format.ps1xml'
        'bin/ClusterEbsVolume.Format.ps1xml'
        'bin/EbsPersistentVolume.Format.ps1xml'
        'bin/EbsPersistentVolumeClaim.Format.ps1xml'
    )
    CmdletsToExport      = @(
        'Get-WorkerZone'
        'New-ClusterEbsVolume'
        'Get-ClusterEbsVolume'
        'Set-ClusterEbsVolume'
        'Remove-ClusterEbsVolume'
        'Register-EbsPersistentVolume'
        'Get-EbsPersistentVolume'
        'New-EbsPersistentVolumeClaim'
        'Unregister-EbsPersistentVolume'
        'ConvertTo-EbsPersistentVolumeManifest'
        'Move-EbsPersistentVolume'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'EC2', 'EBS', 'EKS', 'kops', 'Kubernetes', 'CSI', 'PersistentVolume', 'Storage', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
