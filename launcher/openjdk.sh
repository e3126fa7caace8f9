# Fetches the distribution's OpenJDK into a folder of our own, by apt and with its signature checks, for machines that have
# no JDK that is new enough. Nothing of the system is changed, and root's rights are not needed.

java_package=openjdk-25-jdk-headless

# Puts a JDK below the folder $1. It counts as a JDK only when it is whole: its file "release" comes last.
fetch_openjdk() {
    command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || no_java "There is no apt to fetch one with, either."
    mkdir -p "${1%/*}" || no_java "A private one cannot be kept in ${1%/*}."
    (
        flock 9
        set -- "$1" "$1"/usr/lib/jvm/*/release
        [ -e "$2" ] || assemble_openjdk "$1"
    ) 9> "$1.lock"
}

no_java() {
    fail "Cotton needs a JDK, version 25 or newer, and found none. $1" \
        "Install one (for instance the package $java_package) and set JAVA_HOME if it is in an unusual place."
}

assemble_openjdk() {
    prefix=$1
    begun=$(date +%s)
    rm -rf "$prefix"
    mkdir -p "$prefix/apt/lists/partial" "$prefix/apt/cache/archives/partial"
    : > "$prefix/apt/status"
    say "There is no JDK 25 or newer here. Fetching the distribution's into $prefix (about 420 MB, once) ..."
    choose_suite
    private_apt apt-get -qq -y --download-only install $java_package || no_java "Downloading $java_package failed."
    say "Unpacking it ..."
    for package in "$prefix"/apt/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$prefix" || no_java "$package does not unpack."
    done
    home=$(echo "$prefix"/usr/lib/jvm/java-25-openjdk-*)
    mv "$home/release" "$prefix/apt/release"
    point_links_into_prefix
    run_through_own_loader
    make_trust_store
    mv "$prefix/apt/release" "$home/release"
    rm -rf "$prefix/apt" "$prefix/usr/share/doc" "$prefix/usr/share/man" "$home/jmods"
    say "OpenJDK is ready after $(($(date +%s) - begun)) s."
}

# apt with lists, cache and an empty status of its own, so that it resolves the whole closure and never touches the system.
private_apt() {
    command=$1
    shift
    set -- -o Dir::State="$prefix/apt" -o Dir::State::Lists="$prefix/apt/lists" -o Dir::State::status="$prefix/apt/status" \
        -o Dir::Cache="$prefix/apt/cache" -o APT::Sandbox::User= -o APT::Install-Recommends=false "$@"
    if [ -e "$prefix/apt/sources.list" ]; then
        set -- -o Dir::Etc::sourcelist="$prefix/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null "$@"
    fi
    "$command" "$@"
}

# The machine's own suites if they have the package; on Debian also its unstable suite, from the machine's own mirror.
choose_suite() {
    private_apt apt-get -qq update || no_java "Reading the package lists of this machine's mirror failed."
    ! suite_has_java || return 0
    [ "$(. /etc/os-release && echo "$ID")" = debian ] || no_java "This distribution's suites have no $java_package."
    mirror=$(private_apt apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' \
        | sed -n 's/ Debian$//p' | sed -n 1p)
    [ -n "$mirror" ] || no_java "No Debian mirror is set up on this machine."
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$keyring] $mirror sid main" > "$prefix/apt/sources.list"
    private_apt apt-get -qq update || no_java "Reading the package lists of $mirror failed."
    suite_has_java || no_java "The mirror $mirror has no $java_package."
}

suite_has_java() {
    private_apt apt-cache show $java_package > /dev/null 2>&1
}

point_links_into_prefix() {
    find "$prefix" -type l -lname '/*' | while IFS= read -r link; do
        ln -sfn "$prefix$(readlink "$link")" "$link"
    done
}

# The programs were linked against another C library than this machine's: each is started by the loader that came with it.
run_through_own_loader() {
    loader=$(find "$prefix" -type f -name 'ld-linux*.so*')
    libc=$(find "$prefix" -name libc.so.6)
    mkdir "$home/programs"
    for program in "$home"/bin/* "$home/lib/jspawnhelper"; do
        original=$home/programs/${program##*/}
        mv "$program" "$original"
        printf '#!/bin/sh\nexec "%s" --library-path "%s" --argv0 "$0" "%s" "$@"\n' \
            "$loader" "$home/lib:$home/lib/server:${libc%/*}" "$original" > "$program"
        chmod 755 "$program"
    done
}

# What the package's install script would do: the certificate authorities in Java's own form. The machine's, if it has any.
make_trust_store() {
    store=$(readlink -m "$home/lib/security/cacerts")
    mkdir -p "${store%/*}"
    authorities=/etc/ssl/certs/ca-certificates.crt
    if [ ! -s "$authorities" ]; then
        authorities=$prefix/apt/authorities.pem
        cat "$prefix"/usr/share/ca-certificates/mozilla/*.crt > "$authorities"
    fi
    "$home/bin/java" "$root/launcher/TrustStore.java" "$authorities" "$store" \
        || no_java "The one that was fetched does not run on this machine."
}
