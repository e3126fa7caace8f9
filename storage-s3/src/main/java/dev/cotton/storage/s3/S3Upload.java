package dev.cotton.storage.s3;

import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStoreException.FullException;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object on its way: a single request when it fits in one part, else parts, each of which is held until the service
 * has it, and is sent again when it was lost. Parts are {@value #SMALLEST_PART} bytes, doubled after every
 * {@value #PARTS_OF_A_SIZE}, so that the {@value #MOST_PARTS} that S3 allows hold 2.5 TB. For one thread.
 */
final class S3Upload extends OutputStream {
    /** The metadata that tells one write of an object from another. */
    static final String WRITE_ID = "cotton-write";

    static final int SMALLEST_PART = 8 << 20;
    private static final int PARTS_OF_A_SIZE = 1250;
    private static final int MOST_PARTS = 10_000;
    private static final int FIRST_BUFFER = 64 << 10;

    private static final Duration ABORT = Duration.ofSeconds(10);

    /** In bytes a second, what every connection is supposed to carry at least. */
    private static final int SLOWEST = 128 << 10;

    private final S3Client client;
    private final S3Settings settings;
    private final String key;
    private final String attempt;
    private final String id = UUID.randomUUID().toString();
    private final List<CompletedPart> parts = new ArrayList<>();
    private Optional<String> uploadId = Optional.empty();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int buffered;

    /** @param key in the bucket, with the store's prefix */
    S3Upload(S3Client client, S3Settings settings, String key, String attempt) {
        this.client = client;
        this.settings = settings;
        this.key = key;
        this.attempt = attempt;
    }

    String id() {
        return id;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int taken = 0;
        while (taken < count) {
            int size = partSize();
            if (buffered == size) {
                sendPart();
                continue;
            }
            int next = Math.min(count - taken, size - buffered);
            reserve(buffered + next, size);
            System.arraycopy(bytes, offset + taken, buffer, buffered, next);
            buffered += next;
            taken += next;
        }
    }

    private int partSize() {
        return SMALLEST_PART << (parts.size() / PARTS_OF_A_SIZE);
    }

    private void reserve(int wanted, int most) {
        if (wanted > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(most, Math.max(wanted, 2L * buffer.length)));
        }
    }

    private void sendPart() {
        if (parts.size() == MOST_PARTS) {
            throw new FullException(
                    attempt + " failed: it is larger than an object of S3 can be.",
                    "What the store held before is as it was.",
                    "Write it as several objects.",
                    null);
        }
        try {
            String upload = uploadId.orElseGet(this::begin);
            int number = parts.size() + 1;
            String tag = client.uploadPart(
                            request -> request.bucket(settings.bucket())
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .contentMD5(md5())
                                    .contentLength((long) buffered)
                                    .overrideConfiguration(this::limitTime),
                            body())
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            buffered = 0;
        } catch (SdkException failed) {
            throw S3Failure.of(attempt, failed);
        }
    }

    private String begin() {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(settings.bucket()).key(key).metadata(Map.of(WRITE_ID, id)))
                .uploadId();
        uploadId = Optional.of(upload);
        return upload;
    }

    /** Makes the object of all that was written. */
    void complete(Existing existing) throws SdkException {
        if (uploadId.isPresent()) {
            sendPart();
            client.completeMultipartUpload(request -> request.bucket(settings.bucket())
                    .key(key)
                    .uploadId(uploadId.get())
                    .ifNoneMatch(existing == Existing.REFUSE ? "*" : null)
                    .multipartUpload(all -> all.parts(parts)));
        } else {
            client.putObject(
                    request -> request.bucket(settings.bucket())
                            .key(key)
                            .metadata(Map.of(WRITE_ID, id))
                            .contentMD5(md5())
                            .contentLength((long) buffered)
                            .ifNoneMatch(existing == Existing.REFUSE ? "*" : null)
                            .overrideConfiguration(this::limitTime),
                    body());
        }
    }

    /** Has the service forget the parts that it has, if it can be reached. */
    void abort() {
        try {
            uploadId.ifPresent(upload -> client.abortMultipartUpload(request -> request.bucket(settings.bucket())
                    .key(key)
                    .uploadId(upload)
                    .overrideConfiguration(override -> override.apiCallTimeout(ABORT))));
        } catch (SdkException leftForRemoveIncomplete) {
            // Nobody can see them.
        }
    }

    private void limitTime(AwsRequestOverrideConfiguration.Builder override) {
        override.apiCallAttemptTimeout(settings.timeout().plus(Duration.ofSeconds(10L + buffered / SLOWEST)));
    }

    private RequestBody body() {
        byte[] bytes = buffer;
        int length = buffered;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
    }

    private String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(buffer, 0, buffered);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has MD5.", never);
        }
    }
}
