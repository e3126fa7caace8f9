package dev.cotton.storage.s3;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.storage.ResumingInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One object as it was when it was found.
 *
 * @param request for all of it, as long as it is the same object
 * @param end where reading ends, exclusive
 */
record S3Source(S3Client client, GetObjectRequest request, long end, String attempt)
        implements ResumingInputStream.Source {
    @Override
    public InputStream open(long offset) {
        GetObjectRequest rest =
                request.toBuilder().range("bytes=" + offset + "-" + (end - 1)).build();
        try {
            return new Connection(client.getObject(rest));
        } catch (S3Exception answer) {
            throw answer.statusCode() == 412 ? replaced() : S3Failure.of(attempt, answer);
        } catch (SdkException failed) {
            throw S3Failure.of(attempt, failed);
        }
    }

    private BackupStoreException replaced() {
        return new CorruptException(
                attempt + " failed: it was replaced meanwhile.",
                "The new object is in the store.",
                "Read it again from its beginning.",
                null);
    }

    @Override
    public BackupStoreException failure(IOException broken) {
        return S3Failure.ofBrokenRead(attempt, broken);
    }

    /** Closing it drops what is still to come instead of waiting for it. */
    private static final class Connection extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> response;

        Connection(ResponseInputStream<GetObjectResponse> response) {
            super(response);
            this.response = response;
        }

        @Override
        public void close() {
            response.abort();
        }
    }
}
