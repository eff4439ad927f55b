# Sourced by the other scripts: makes .venv from requirements.lock, once, and says what it does.
# .venv belongs to these scripts: it is remade when it is not theirs or was left half-made.
# Knows nothing of what runs in it. Needs ROOT, the project's folder.

export HF_HUB_OFFLINE="${HF_HUB_OFFLINE:-1}"
export TOKENIZERS_PARALLELISM="${TOKENIZERS_PARALLELISM:-false}"

VENV="$ROOT/.venv"

find_python() { # print a Python that can make environments; PYTHON names one, 3.11 is the tested one
    local candidate old="" bare=""
    for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3.14 python3; do
        "$candidate" -c 'import sys' >/dev/null 2>&1 || continue
        if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            old="$candidate"
        elif ! "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            bare="$candidate"
        else
            command -v "$candidate"
            return
        fi
    done
    if [[ -n "$bare" ]]; then
        echo "Dateline: $bare has no venv module (on Debian and Ubuntu: apt-get install python3-venv)" >&2
    elif [[ -n "$old" ]]; then
        echo "Dateline needs Python 3.11 or newer; $old is $("$old" -V 2>&1)" >&2
    else
        echo "Dateline needs Python 3.11 or newer, and found none (PYTHON=/path/to/python3 names one)" >&2
    fi
    return 1
}

fingerprint() { # what .venv was made from; its own Python is asked, since an upgraded system breaks a venv
    {
        cat "$ROOT/requirements.lock" "$ROOT/pyproject.toml"
        echo "$ROOT"
        "$VENV/bin/python" --version 2>&1
    } | if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

environment_is_current() {
    [[ -x "$VENV/bin/python" && -f "$VENV/.dateline-stamp" ]] &&
        [[ "$(fingerprint)" == "$(<"$VENV/.dateline-stamp")" ]]
}

pip_install() { # ARG...: quietly; on failure the end of pip's own words
    if ! "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input "$@" \
        >"$VENV/install.log" 2>&1; then
        tail -n 15 "$VENV/install.log" >&2
        echo "Dateline: pip could not install (all of it: $VENV/install.log); run this again to retry" >&2
        return 1
    fi
}

make_environment() {
    local python torch
    if [[ ! -f "$ROOT/requirements.lock" ]]; then
        echo "Dateline: requirements.lock is missing (scripts/lock writes it)" >&2
        return 1
    fi
    torch="$(sed -n 's/^ *"\(torch==[^"]*\)",*$/\1/p' "$ROOT/pyproject.toml")"
    if [[ -f "$VENV/.dateline-stamp" && "$("$VENV/bin/python" -c 'import pip; print("ok")' 2>&1)" == ok ]]; then
        echo "Bringing .venv up to date with requirements.lock"
        rm "$VENV/.dateline-stamp"
    else
        python="$(find_python)" || return 1
        echo "Making .venv with $("$python" -V) ($python)"
        "$python" -m venv --clear "$VENV" || return 1
    fi
    echo "Installing $(grep -c '==' "$ROOT/requirements.lock") locked packages (a few minutes, once)"
    pip_install --require-hashes --no-deps -r "$ROOT/requirements.lock" || return 1
    echo "Installing $torch"
    pip_install "$torch" || return 1
    echo "Installing Dateline itself"
    pip_install --no-deps --no-build-isolation --editable "$ROOT" || return 1
    # Last, and by rename: an interrupted run leaves no stamp, and the next one starts over.
    fingerprint >"$VENV/.dateline-stamp.new"
    mv "$VENV/.dateline-stamp.new" "$VENV/.dateline-stamp"
}

ensure_environment() { # the lock is on the folder, which outlives .venv; the subshell lets go of it
    environment_is_current && return
    (
        if command -v flock >/dev/null; then
            flock --nonblock 9 || { echo "Waiting for another start to finish .venv" && flock 9; }
        fi
        environment_is_current || make_environment
    ) 9<"$ROOT"
}
