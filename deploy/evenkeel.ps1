# Evenkeel on Windows, without Docker: one person's computer. Not run where Evenkeel is developed.
#   powershell -ExecutionPolicy Bypass -File deploy\evenkeel.ps1
# It runs in the Windows Subsystem for Linux: a file that is sent is read under limits that only such a system can set.
# The app answers this computer alone, at http://localhost:8501. Data lie inside Linux, in the folder evenkeel-data of
# your home there; from Windows: \\wsl.localhost\Debian\home\YOU\evenkeel-data
$ErrorActionPreference = "Stop"

if (-not (Get-Command wsl.exe -ErrorAction SilentlyContinue)) {
    Write-Error "The Windows Subsystem for Linux is missing. Install it once, as administrator: wsl --install -d Debian"
}
wsl.exe --exec true
if ($LASTEXITCODE -ne 0) {
    Write-Error "There is no Linux in the Windows Subsystem yet. Install one, as administrator: wsl --install -d Debian"
}
wsl.exe --exec sh -c "python3 -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' && command -v make"
if ($LASTEXITCODE -ne 0) {
    Write-Error "Linux lacks Python 3.11 or make. Install them: wsl --exec sudo apt-get install python3 python3-venv make"
}

# The program is copied into Linux too: Windows' own disks are slow from there.
$here = (Resolve-Path (Join-Path $PSScriptRoot "..")).Path
wsl.exe --cd "$here" --exec sh -c 'mkdir -p ~/evenkeel && tar --exclude=.venv --exclude=data/local -cf - . | tar -xf - -C ~/evenkeel'
if ($LASTEXITCODE -ne 0) { Write-Error "The program could not be copied into Linux; the lines above say why." }
wsl.exe --cd "~" --exec sh -c 'cd ~/evenkeel && EVENKEEL_DATA=~/evenkeel-data make run'
exit $LASTEXITCODE
