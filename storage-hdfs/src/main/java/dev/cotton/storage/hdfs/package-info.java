/**
 * Backup stores in HDFS. Depends on {@code core} and Hadoop's client, whose types stay inside.
 */
@NullMarked
package dev.cotton.storage.hdfs;

import org.jspecify.annotations.NullMarked;
