/**
 * Backups as streams: a folder as tar, compressed by zstd, encrypted by Tink, and the manifest beside it in a store. No SQL,
 * and nothing of the instance that the data are of.
 */
@NullMarked
package dev.cotton.executor.backup;

import org.jspecify.annotations.NullMarked;
