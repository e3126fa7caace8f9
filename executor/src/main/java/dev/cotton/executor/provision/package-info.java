/**
 * Finding or installing the MySQL that instances run: the machine's own ({@link
 * dev.cotton.executor.provision.HostMysql}), the distribution's in a private folder ({@link
 * dev.cotton.executor.provision.DebianMysql}), or an archive ({@link dev.cotton.executor.provision.ArchiveMysql}).
 *
 * <p>Owns {@code <data>/mysql}. Invariants: a folder there whose name starts with a version is whole, because it is
 * built beside under a hidden name and put in place by one rename; it is never changed or deleted afterwards, because
 * servers may be running from it; only the holder of {@code <data>/mysql/.lock} builds. Nothing outside is touched.
 */
@NullMarked
package dev.cotton.executor.provision;

import org.jspecify.annotations.NullMarked;
