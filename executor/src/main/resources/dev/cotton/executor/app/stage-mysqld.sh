#!/bin/sh
# Stands in for mysqld in a rehearsal: says a version, makes an empty data directory, and runs without answering anybody.
for word; do
    case $word in
        --version)
            echo "mysqld  Ver 9.7.4 for Linux on x86_64"
            exit
            ;;
        --datadir=*)
            mkdir -p "${word#*=}/#innodb_redo"
            head -c 65536 /dev/zero >"${word#*=}/ibdata1"
            exit
            ;;
    esac
done
exec sleep 60
