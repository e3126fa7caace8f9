@NullMarked
package dev.cotton.storage.hdfs;

import org.jspecify.annotations.NullMarked;
