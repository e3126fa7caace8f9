# Makes the executor's package for hosts that have no Java: one archive with a runtime, the jars, a program that starts it
# from wherever it is unpacked, and an archive of loaded classes that its own runtime has recorded.
#
# It lies beside the build that it was made of, .cotton/program/<time>/package, and goes with it.

# What the jars need, and zip files for the recording.
package_modules=java.base,java.management,java.naming,java.net.http,java.security.sasl,java.sql,jdk.httpserver,jdk.zipfs

# What those of a store need besides: Kerberos and what HDFS keeps outside of Java's own memory; XML for S3 is there already.
hdfs_modules=,java.security.jgss,jdk.security.auth,jdk.security.jgss,jdk.unsupported

# The schemes of the stores that are packed too, each after a hyphen.
stores=

# Loaded classes are taken from their archive only when every jar still has the time that it was recorded with.
package_time='2020-01-01 00:00:00Z'

# "cotton package [--output FILE] [--with-store SCHEME]..."
write_package() {
    output=
    while [ $# -gt 0 ]; do
        case $1 in
            --output=?*) output=${1#--output=} ;;
            --output)
                output=${2-}
                [ -n "$output" ] || fail "--output: name the file to write."
                shift
                ;;
            --with-store=*) add_store "${1#--with-store=}" ;;
            --with-store)
                add_store "${2-}"
                shift
                ;;
            *) fail "cotton package knows the options --output FILE and --with-store SCHEME, but not $1." ;;
        esac
        shift
    done
    build_if_changed
    hold_program
    package_executor
    [ -z "$output" ] || copy_package
    echo "$package"
}

# In an order that does not depend on that of the options.
add_store() {
    wanted=$stores-$1-
    stores=
    known=
    for scheme in $store_schemes; do
        [ "$scheme" != "$1" ] || known=yes
        case $wanted in
            *-"$scheme"-*) stores=$stores-$scheme ;;
        esac
    done
    [ -n "$known" ] || fail "--with-store: '$1' is none of $store_schemes. Stores of file:// need nothing."
}

copy_package() {
    { cp "$package" "$output.new" && mv "$output.new" "$output" && write_checksum "$output"; } \
        || fail "The package could not be written to $output. It is whole in $package."
    package=$output
}

# The path of the package, which need not be there.
find_package() {
    for jar in "$program"/executor/lib/cotton-executor-*.jar; do
        version=${jar##*/cotton-executor-}
        version=${version%.jar}
    done
    package=$program/package/cotton-executor-$version$stores.tar.gz
}

# Its checksum is written last: with that it is whole.
has_package() {
    [ -e "$package.sha256" ]
}

package_executor() {
    find_package
    ! has_package || return 0
    mkdir -p "$program/package" 2> /dev/null && [ -w "$program/package" ] \
        || fail "The executor has to be packed, but $program cannot be written. Run ./cotton package once as its owner."
    exec 7> "$program/package/lock"
    flock 7
    has_package || (make_package)
    exec 7>&-
}

# Runs in a shell of its own, whose end removes what is half done.
make_package() {
    begun=$(date +%s)
    say "Packing the executor with a Java of its own ..."
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    home=$stage/cotton-executor
    mkdir "$home"
    link_java
    cp -R "$program/executor/lib" "$program/executor/bin" "$program/executor/jvm.flags" "$home"
    for scheme in $(echo "$stores" | tr - ' '); do
        mkdir -p "$home/stores"
        cp -R "$program/stores/$scheme" "$home/stores"
    done
    chmod -R u=rwX,go=rX "$home"
    chmod 755 "$home/bin/cotton-executor"
    settle_times
    mkdir "$stage/rehearsal"
    executor_java "$home/java/bin/java" "$home" -XX:AOTCacheOutput="$home/executor.aot" \
        dev.cotton.executor.app.Rehearsal "$stage/rehearsal" > "$work/package.log" 2>&1 \
        || fail "The executor does not run with the Java that was made for it. $work/package.log has what it said."
    settle_times
    tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner -cf - cotton-executor | gzip -9 -n > "$package.new"
    check_package
    mv "$package.new" "$package"
    write_checksum "$package"
    say "Packed in $(($(date +%s) - begun)) s: $(($(wc -c < "$package") >> 20)) MB."
}

link_java() {
    modules=$package_modules
    for scheme in $(echo "$stores" | tr - ' '); do
        case $scheme in
            hdfs) modules=$modules$hdfs_modules ;;
        esac
    done
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
        --output "$home/java" > "$work/package.log" 2>&1 \
        || fail "The JDK in $JAVA_HOME cannot make a Java for other hosts: $(sed -n 1p "$work/package.log")" \
            "Set JAVA_HOME to one that can, for instance a Temurin 25."
}

settle_times() {
    find "$home" -exec touch -h -d "$package_time" {} +
}

# Unpacked elsewhere it has to start, and with its archive of loaded classes.
check_package() {
    mkdir "$stage/elsewhere"
    tar -C "$stage/elsewhere" -xf "$package.new"
    elsewhere=$stage/elsewhere/cotton-executor
    executor_java "$elsewhere/java/bin/java" "$elsewhere" -XX:AOTMode=on -XX:AOTCache="$elsewhere/executor.aot" \
        dev.cotton.executor.app.MesosExecutorApp --version > "$work/package.log" 2>&1 \
        || fail "The packed executor does not start. $work/package.log has what it said."
}

write_checksum() {
    (cd "$(dirname "$1")" && sha256sum "${1##*/}" > "${1##*/}.sha256.new" && mv "${1##*/}.sha256.new" "${1##*/}.sha256")
}
