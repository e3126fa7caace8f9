package dev.cotton.storage.s3;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreFactory;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.port.StoreLocation;
import dev.cotton.core.storage.Bounds;
import dev.cotton.core.storage.MeasuredOutputStream;
import dev.cotton.core.storage.ResumingInputStream;
import dev.cotton.core.storage.Retries;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A store in a bucket. What the service is given it checks by MD5; afterwards its length is compared. What another writer
 * puts in the way is refused by the service itself ({@code If-None-Match}), and by looking before where a service does
 * not know that.
 */
public final class S3BackupStore implements BackupStore {
    /** Few: the client tries every request several times by itself. */
    private static final Retries READS = new Retries(3, Duration.ofMillis(250), Duration.ofSeconds(8));

    private final StoreLocation location;
    private final S3Settings settings;
    private final S3Client client;

    private S3BackupStore(StoreLocation location, S3Settings settings) {
        this.location = location;
        this.settings = settings;
        this.client = S3Clients.of(settings);
    }

    /** Opens {@code s3://bucket/folder?endpoint=…&region=…&path-style=…&credentials-file=…}. */
    public static final class Factory implements BackupStoreFactory {
        @Override
        public String scheme() {
            return "s3";
        }

        @Override
        public BackupStore open(StoreLocation location) {
            return new S3BackupStore(location, S3Settings.of(location));
        }
    }

    private String name(ObjectKey key) {
        return settings.prefix() + key.value();
    }

    @Override
    public Written write(ObjectKey key, Existing existing, Content content) throws IOException {
        String attempt = "Writing " + key + " to " + location;
        if (existing == Existing.REFUSE && stat(key).isPresent()) {
            throw exists(key);
        }
        S3Upload upload = new S3Upload(client, settings, name(key), attempt);
        boolean complete = false;
        try {
            MeasuredOutputStream measured = new MeasuredOutputStream(upload);
            content.writeTo(measured);
            complete(upload, key, existing, attempt);
            complete = true;
            Written written = new Written(key, measured.length(), measured.sha256Hex());
            compare(upload, written, attempt);
            return written;
        } finally {
            if (!complete) {
                upload.abort();
            }
        }
    }

    /** When the answer to a request was lost, a second one is refused although the first one was done. */
    private void complete(S3Upload upload, ObjectKey key, Existing existing, String attempt) {
        try {
            upload.complete(existing);
        } catch (S3Exception refused) {
            boolean done =
                    head(key, attempt).filter(found -> isOf(upload, found)).isPresent();
            if (!done
                    && (refused.statusCode() == 412 || refused.statusCode() == 409)
                    && stat(key).isPresent()) {
                throw exists(key);
            }
            if (!done) {
                throw S3Failure.of(attempt, refused);
            }
        } catch (SdkException failed) {
            throw S3Failure.of(attempt, failed);
        }
    }

    private static boolean isOf(S3Upload upload, HeadObjectResponse found) {
        return upload.id().equals(found.metadata().get(S3Upload.WRITE_ID));
    }

    private void compare(S3Upload upload, Written written, String attempt) {
        Optional<HeadObjectResponse> wrong = head(written.key(), attempt)
                .filter(found -> isOf(upload, found) && found.contentLength() != written.length());
        if (wrong.isPresent()) {
            delete(written.key());
            throw new CorruptException(
                    attempt + " failed: the service has " + wrong.get().contentLength() + " bytes instead of "
                            + written.length() + ".",
                    "It was removed.",
                    "Write it again; look at the service when it happens twice.",
                    null);
        }
    }

    private ExistsException exists(ObjectKey key) {
        return new ExistsException(
                location + " has an object " + key + " already.",
                "It is as it was.",
                "Choose another key, or say that it is to be replaced.",
                null);
    }

    private Optional<HeadObjectResponse> head(ObjectKey key, String attempt) {
        try {
            return Optional.of(client.headObject(
                    request -> request.bucket(settings.bucket()).key(name(key))));
        } catch (S3Exception answer) {
            if (answer.statusCode() == 404) {
                return Optional.empty();
            }
            throw S3Failure.of(attempt, answer);
        } catch (SdkException failed) {
            throw S3Failure.of(attempt, failed);
        }
    }

    @Override
    public Optional<Found> stat(ObjectKey key) {
        return head(key, "Looking for " + key + " in " + location)
                .map(found -> new Found(key, found.contentLength(), found.lastModified()));
    }

    @Override
    public InputStream read(ObjectKey key, long offset, long length) {
        Bounds.checkPart(offset, length);
        String attempt = "Reading " + key + " from " + location;
        HeadObjectResponse found = head(key, attempt)
                .orElseThrow(() -> new MissingException(
                        location + " has no object " + key + ".", "Nothing was changed.", "Look what it has.", null));
        long end = Bounds.end(offset, length, found.contentLength());
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(name(key))
                .ifMatch(found.eTag())
                .build();
        return new ResumingInputStream(new S3Source(client, request, end, attempt), offset, end, READS);
    }

    @Override
    public Page page(String prefix, Optional<ObjectKey> after, int limit) {
        Bounds.checkPage(prefix, limit);
        String start = after.map(this::name).orElse("");
        try {
            while (true) {
                ListObjectsV2Response answer = list(prefix, start, limit);
                List<Found> found = answer.contents().stream()
                        .filter(object -> ObjectKey.isKey(key(object.key())))
                        .map(object ->
                                new Found(new ObjectKey(key(object.key())), object.size(), object.lastModified()))
                        .toList();
                boolean more = Boolean.TRUE.equals(answer.isTruncated());
                if (!found.isEmpty() || !more) {
                    return new Page(found, more);
                }
                start = answer.contents().getLast().key();
            }
        } catch (SdkException failed) {
            throw S3Failure.of("Listing " + location, failed);
        }
    }

    private ListObjectsV2Response list(String prefix, String start, int limit) {
        return client.listObjectsV2(request -> request.bucket(settings.bucket())
                .prefix(settings.prefix() + prefix)
                .startAfter(start.isEmpty() ? null : start)
                .maxKeys(limit));
    }

    private String key(String name) {
        return name.substring(settings.prefix().length());
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            client.deleteObject(request -> request.bucket(settings.bucket()).key(name(key)));
        } catch (SdkException failed) {
            throw S3Failure.of("Deleting " + key + " from " + location, failed);
        }
    }

    @Override
    public int removeIncomplete(Duration age) {
        Instant limit = Instant.now().minus(age);
        try {
            List<MultipartUpload> old = client
                    .listMultipartUploadsPaginator(
                            request -> request.bucket(settings.bucket()).prefix(settings.prefix()))
                    .uploads()
                    .stream()
                    .filter(upload -> !upload.initiated().isAfter(limit))
                    .toList();
            for (MultipartUpload upload : old) {
                client.abortMultipartUpload(request ->
                        request.bucket(settings.bucket()).key(upload.key()).uploadId(upload.uploadId()));
            }
            return old.size();
        } catch (SdkException failed) {
            throw S3Failure.of("Removing what broken writes left in " + location, failed);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
