#!/bin/sh
# Stands in for Java with an executor: keeps a "mysqld" that outlives it, as an executor does, and data.
# What it is to do besides is asked for by files beside the java program.
here=${0%/*}
for config; do :; done
folder=${config%/*}
start_ticks() { shift 19; echo "$1"; }

identify() {
    read -r boot </proc/sys/kernel/random/boot_id
    read -r stat <"/proc/$1/stat" || return 1
    case ${stat##*) } in Z*) return 1 ;; esac
    printf '{"pid":%s,"startTicks":%s,"bootId":"%s"}\n' "$1" "$(start_ticks ${stat##*) })" "$boot"
}

if [ -e "$here/fail" ]; then
    echo "told to fail"
    exit 3
fi
if [ ! -d "$folder/data" ]; then
    mkdir "$folder/data.new"
    cat /proc/sys/kernel/random/uuid >"$folder/data.new/rows"
    mv "$folder/data.new" "$folder/data"
fi
mysqld=$(cat "$folder/processes/mysqld.json" 2>/dev/null)
mysqld=${mysqld#*:}
mysqld=${mysqld%%,*}
if [ -z "$mysqld" ] || [ "$(identify "$mysqld" 2>/dev/null)" != "$(cat "$folder/processes/mysqld.json")" ]; then
    setsid sleep 100000 9>&- &
    identify $! >"$folder/processes/mysqld.json"
fi
if [ -e "$here/stray" ]; then
    setsid sleep 100001 9>&- &
fi
if [ -e "$here/gluttony" ]; then
    head -c 900m /dev/zero 9>&- | tail -n 1 9>&- >/dev/null
    echo "the glutton ended with $?" >"$folder/gluttony"
fi
if [ -e "$here/stubborn" ]; then
    trap '' TERM
else
    trap 'kill "$!"; exit 0' TERM
fi
while :; do
    sleep 1000 9>&- &
    wait
done
