@NullMarked
package dev.cotton.storage.s3;

import org.jspecify.annotations.NullMarked;
