package dev.cotton.storage.s3;

import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Makes clients of a service. Checksums of the SDK's own are sent only where S3 asks for them, and bodies are not chunked,
 * because services other than AWS refuse these; every body has an MD5 instead, which all of them check.
 */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private S3Clients() {}

    static S3Client of(S3Settings settings) {
        try {
            S3ClientBuilder builder = S3Client.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT)
                            .socketTimeout(settings.timeout()))
                    .credentialsProvider(credentials(settings))
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(S3Configuration.builder()
                            .chunkedEncodingEnabled(false)
                            .build())
                    .forcePathStyle(settings.pathStyle())
                    .overrideConfiguration(
                            override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                            .maxAttempts(settings.attempts())
                                            .circuitBreakerEnabled(false)
                                            .backoffStrategy(
                                                    BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
                                            .build())
                                    .apiCallAttemptTimeout(settings.timeout().plus(CONNECT)));
            settings.endpoint()
                    .ifPresent(endpoint -> builder.endpointOverride(endpoint).region(Region.US_EAST_1));
            settings.region().map(Region::of).ifPresent(builder::region);
            return builder.build();
        } catch (SdkException unusable) {
            throw new UnusableLocationException(
                    "No client of S3 can be made: " + unusable.getMessage(),
                    "Look at the location's region and credentials-file.",
                    unusable);
        }
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.credentialsFile()
                .<AwsCredentialsProvider>map(file -> fromFile(file, settings.profile()))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static AwsCredentialsProvider fromFile(Path file, String profile) {
        try {
            return ProfileCredentialsProvider.builder()
                    .profileName(profile)
                    .profileFile(ProfileFile.builder()
                            .content(file)
                            .type(ProfileFile.Type.CREDENTIALS)
                            .build())
                    .build();
        } catch (RuntimeException unreadable) {
            throw new UnusableLocationException(
                    "The credentials in " + file + " cannot be read.",
                    "Write them as [default], aws_access_key_id = ... and aws_secret_access_key = ..., readable for the"
                            + " user that Cotton runs as and for nobody else.",
                    null);
        }
    }
}
