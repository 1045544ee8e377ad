# Evenkeel on Windows, without Docker: one person's computer. Not run where Evenkeel is developed.
#   powershell -ExecutionPolicy Bypass -File deploy\evenkeel.ps1
# Makes the virtual environment when it is not there or the locked versions changed, then opens the app in the browser.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

if (-not (Get-Command py -ErrorAction SilentlyContinue)) {
    Write-Error "Python is missing: install Python 3.11 or newer from python.org, with its launcher, and run this again."
}
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))"
if ($LASTEXITCODE -ne 0) {
    Write-Error "Evenkeel needs Python 3.11 or newer; this one is older. Install a newer one from python.org."
}

$python = ".venv\Scripts\python.exe"
$kept = ".venv\locked.txt"
$wanted = (Get-FileHash requirements.lock -Algorithm SHA256).Hash
$found = if (Test-Path $kept) { Get-Content $kept } else { "" }
if (-not (Test-Path $python)) { py -3 -m venv .venv }
if ($found -ne $wanted) {
    & $python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
    if ($LASTEXITCODE -ne 0) { Write-Error "The packages could not be installed; the lines above say why." }
    Set-Content $kept $wanted
}

if (-not $env:EVENKEEL_DATA) { $env:EVENKEEL_DATA = Join-Path $env:LOCALAPPDATA "Evenkeel" }
& $python -m streamlit run app.py
exit $LASTEXITCODE
