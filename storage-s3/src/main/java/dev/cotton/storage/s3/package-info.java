/**
 * Backup stores in a bucket of S3 or of anything that speaks as S3 does. Depends on {@code core} and the AWS SDK, whose
 * types stay inside.
 */
@NullMarked
package dev.cotton.storage.s3;

import org.jspecify.annotations.NullMarked;
