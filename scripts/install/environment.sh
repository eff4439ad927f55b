# Creates .venv from the lock files and updates it. The other scripts source this file with ROOT set to the project
# folder; `bash scripts/install/environment.sh run|test` creates .venv and does nothing else.
# The scripts own .venv: they create it again if it is not theirs or is incomplete.
# Must not depend on: what runs in .venv.

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
    set -euo pipefail
    ROOT="$(cd "$(dirname "$0")/../.." && pwd)"
fi

export HF_HUB_OFFLINE="${HF_HUB_OFFLINE:-1}"
export TOKENIZERS_PARALLELISM="${TOKENIZERS_PARALLELISM:-false}"

VENV="$ROOT/.venv"
STAMP="$VENV/.dateline-stamp"
TOOLS="$VENV/tools" # uv and the build backend; exists only during an installation
LOG="$VENV/install.log"

declared() { # REGEX: print what its group matches in pyproject.toml
    sed -n "s/^ *$1.*/\1/p" "$ROOT/pyproject.toml"
}
first_python() { declared 'requires-python = ">=3\.\([0-9]*\)'; } # 11 is 3.11
end_python() { declared 'requires-python = ".*<3\.\([0-9]*\)'; }  # the first one that is not allowed
torch_release() { declared '"torch==\([^"]*\)"'; }

find_python() { # print a Python that pyproject.toml allows and that can create environments; PYTHON names one
    local candidate minor first end other="" bare="" candidates=()
    first="$(first_python)"
    end="$(end_python)"
    for ((minor = first; minor < end; minor++)); do candidates+=("python3.$minor"); done
    for candidate in ${PYTHON:+"$PYTHON"} "${candidates[@]}" python3; do
        minor="$("$candidate" -c 'import sys; print(sys.version_info[1])' 2>/dev/null)" || continue
        if ((minor < first || minor >= end)); then
            other="$candidate"
        elif ! "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            bare="$candidate"
        else
            command -v "$candidate"
            return
        fi
    done
    local needed="Dateline needs Python >=3.$first,<3.$end"
    if [[ -n "$bare" ]]; then
        echo "Dateline: $bare has no venv module (on Debian and Ubuntu: apt-get install python3-venv)" >&2
    elif [[ -n "$other" ]]; then
        echo "$needed; $other is $("$other" -V 2>&1) (PYTHON=/path/to/python names another)" >&2
    else
        echo "$needed, and found none (PYTHON=/path/to/python names one)" >&2
    fi
    return 1
}

lock_of() { # run|test: run-time packages, or these and the test tools
    if [[ "$1" == test ]]; then echo "$ROOT/requirements-dev.lock"; else echo "$ROOT/requirements.lock"; fi
}

fingerprint() { # run|test: what .venv is created from, with its Python, because a system upgrade breaks a venv
    echo "$1 $({
        cat "$(lock_of "$1")" "$ROOT/pyproject.toml"
        echo "$ROOT"
        "$VENV/bin/python" --version 2>&1
    } | if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi)"
}

environment_is_current() { # run|test: .venv has at least that
    [[ -x "$VENV/bin/python" && -f "$STAMP" ]] && grep -qxF "$(fingerprint "$1")" "$STAMP"
}

with_pip() { # ARG...
    "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input "$@" >>"$LOG" 2>&1
}

with_uv() { # ARG...: from the sources of pip; fails without uv, or if uv has no equivalent of a setting of pip
    [[ -x "$TOOLS/bin/uv" ]] &&
        "$VENV/bin/python" -P "$ROOT/scripts/install/uv_as_pip.py" "$TOOLS/bin/uv" \
            pip install --no-config --python "$VENV/bin/python" "$@" >>"$LOG" 2>&1
}

install() { # ARG...: quietly; after a failure, print the end of the log
    with_uv "$@" || with_pip "$@" || {
        tail -n 15 "$LOG" >&2
        echo "Dateline could not be installed. The complete log is $LOG. To try again, repeat the command." >&2
        return 1
    }
}

fetch_tools() { # uv, which installs in a tenth of pip's time, and the build backend
    local target=(--target "$TOOLS" --only-binary :all: --require-hashes --no-deps)
    rm -rf "$TOOLS"
    with_pip "${target[@]}" -r "$ROOT/requirements-install.lock" && return
    rm -rf "$TOOLS"
    sed '/^uv==/,$d' "$ROOT/requirements-install.lock" >"$VENV/without-uv.lock" # uv is its last entry
    install "${target[@]}" -r "$VENV/without-uv.lock" || return 1
    echo "uv could not be installed. Using pip, which takes longer"
}

has_nvidia_gpu() {
    nvidia-smi -L >/dev/null 2>&1 || [[ -d /proc/driver/nvidia ]]
}

find_cpu_torch() { # RELEASE: from the sources of pip, or from the index that uv knows
    if with_uv "torch==$1+cpu" || with_pip "torch==$1+cpu"; then return; fi
    # A dry run first, which gives up within seconds, because many networks cannot reach that index.
    UV_HTTP_CONNECT_TIMEOUT=5 UV_HTTP_TIMEOUT=15 UV_HTTP_RETRIES=0 \
        with_uv --dry-run --no-deps --torch-backend=auto "torch==$1" &&
        with_uv --torch-backend=auto "torch==$1"
}

install_torch() { # RELEASE: in the build for this machine
    local installed
    installed="$("$VENV/bin/python" -c 'from importlib.metadata import version as v; print(v("torch"))' 2>/dev/null)" ||
        installed=""
    if [[ "${installed%%+*}" == "$1" ]]; then return; fi
    echo "Installing torch $1"
    # uv reads UV_TORCH_BACKEND itself.
    if [[ -z "${UV_TORCH_BACKEND:-}" && "$(uname -s)" == Linux ]] && ! has_nvidia_gpu; then
        if find_cpu_torch "$1"; then return; fi
        echo "The CPU build was not found. Installing the default build, which includes 4 GB of CUDA libraries"
    fi
    install "torch==$1"
}

make_environment() { # run|test
    local python
    if [[ -f "$STAMP" && "$("$VENV/bin/python" -c 'import pip; print("ok")' 2>&1)" == ok ]]; then
        echo "Updating .venv"
        rm "$STAMP"
    else
        python="$(find_python)" || return 1
        echo "Creating .venv with $("$python" -V) ($python)"
        "$python" -m venv --clear "$VENV" || return 1
    fi
    : >"$LOG"
    fetch_tools || return 1
    echo "Installing $(grep -c '^[a-z].*==' "$(lock_of "$1")") locked packages"
    install --require-hashes --no-deps -r "$(lock_of "$1")" || return 1
    install_torch "$(torch_release)" || return 1
    echo "Installing Dateline itself"
    PYTHONPATH="$TOOLS" install --no-deps --no-build-isolation --editable "$ROOT" || return 1
    rm -rf "$TOOLS"
    # Last, and by rename: an interrupted run leaves no stamp, so the next one starts over.
    { fingerprint run && if [[ "$1" == test ]]; then fingerprint test; fi; } >"$STAMP.new"
    mv "$STAMP.new" "$STAMP"
}

ensure_environment() { # run|test; locks the project folder, which outlives .venv, until the subshell ends
    environment_is_current "$1" && return
    (
        if command -v flock >/dev/null; then
            flock --nonblock 9 || { echo "Waiting for another process to finish .venv" && flock 9; }
        fi
        environment_is_current "$1" || make_environment "$1"
    ) 9<"$ROOT"
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then ensure_environment "${1:?run or test}"; fi
