# Finds a JDK, version 25 or newer, and sets JAVA_HOME to it.

find_java() {
    best_home=
    best_version=
    if [ -n "${JAVA_HOME-}" ]; then
        consider_java "$JAVA_HOME"
        [ -z "$best_home" ] || return 0
    fi
    for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /usr/local/*jdk* \
        "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* /var/lib/cotton/openjdk/usr/lib/jvm/* \
        "$(private_java)"/usr/lib/jvm/*; do
        consider_java "$candidate"
    done
    if [ -z "$best_home" ] && compiler=$(command -v javac); then
        compiler=$(readlink -f "$compiler")
        consider_java "${compiler%/bin/javac}"
    fi
    if [ -z "$best_home" ]; then
        . "$root/launcher/openjdk.sh"
        fetch_openjdk "$(private_java)"
        for candidate in "$(private_java)"/usr/lib/jvm/*; do
            consider_java "$candidate"
        done
        [ -n "$best_home" ] || fail "The OpenJDK that was fetched to $(private_java) does not run here."
    fi
    JAVA_HOME=$best_home
    export JAVA_HOME
}

# Takes the JDK at $1 when it is new enough and nearer to 25 than the best one yet.
consider_java() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    version=
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            version=${value#\"}
            version=${version%%[!0-9]*}
        fi
    done < "$1/release"
    if [ "${version:-0}" -ge 25 ] && { [ -z "$best_version" ] || [ "$version" -lt "$best_version" ]; }; then
        best_home=$1
        best_version=$version
    fi
}

# Where a JDK of our own lies, if there has to be one. For root it is a place that the databases' user can read too.
private_java() {
    if [ "$(id -u)" = 0 ]; then
        echo /var/lib/cotton/openjdk
    elif [ -n "${XDG_DATA_HOME-}" ]; then
        echo "$XDG_DATA_HOME/cotton/openjdk"
    elif [ -n "${HOME-}" ] && [ -w "$HOME" ]; then
        echo "$HOME/.local/share/cotton/openjdk"
    else
        echo "$work/openjdk"
    fi
}
