package dev.cotton.storage.s3;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.FullException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an error of the service, or on the way to it, means. */
final class S3Failure {
    private static final String KEPT = "What the store held before is as it was.";
    private static final Set<String> CORRUPT = Set.of("BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody");
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded");
    private static final Set<String> ELSEWHERE =
            Set.of("NoSuchBucket", "PermanentRedirect", "AuthorizationHeaderMalformed", "InvalidBucketName");

    private S3Failure() {}

    /** @param attempt what was tried, as in "Writing a/b to s3://bucket" */
    static BackupStoreException of(String attempt, SdkException cause) {
        if (cause instanceof S3Exception answer) {
            return ofAnswer(attempt, answer);
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return new NotAllowedException(
                    attempt + " failed: there are no credentials.",
                    KEPT,
                    "Name a file of credentials in the location's setting credentials-file.",
                    cause);
        }
        return unreachable(attempt, message, cause);
    }

    /** What {@code cause}, thrown while an object was being read, means. */
    static BackupStoreException ofBrokenRead(String attempt, IOException cause) {
        return unreachable(attempt, "the connection broke: " + cause.getMessage(), cause);
    }

    private static BackupStoreException unreachable(String attempt, String why, Throwable cause) {
        return new UnreachableException(
                attempt + " failed: " + sentence(why),
                KEPT,
                "Look whether the service can be reached from here, and try again.",
                cause);
    }

    private static BackupStoreException ofAnswer(String attempt, S3Exception answer) {
        String code = code(answer);
        String happened = attempt + " failed: " + sentence(describe(answer));
        if (CORRUPT.contains(code)) {
            return new CorruptException(happened, KEPT, "Look at the network on the way there, and try again.", answer);
        }
        if (FULL.contains(code) || answer.statusCode() == 507) {
            return new FullException(happened, KEPT, "Make room there, or remove old backups.", answer);
        }
        if (ELSEWHERE.contains(code)) {
            return new UnusableLocationException(
                    happened, "Look at the bucket's name and the location's region and endpoint.", answer);
        }
        if (answer.statusCode() == 404) {
            return new MissingException(happened, "Nothing was changed.", "Look what the store has.", answer);
        }
        if (answer.statusCode() >= 500 || answer.statusCode() == 429 || answer.statusCode() == 409) {
            return unreachable(attempt, describe(answer), answer);
        }
        return new NotAllowedException(
                happened,
                KEPT,
                "Give these credentials the rights to read, write, list and delete there, and to list and abort multipart"
                        + " uploads; look at this machine's clock too.",
                answer);
    }

    static String code(S3Exception answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
    }

    private static String describe(S3Exception answer) {
        String message = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorMessage();
        return "the service answered " + answer.statusCode()
                + (message == null || message.isEmpty() ? "" : ", " + message);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
