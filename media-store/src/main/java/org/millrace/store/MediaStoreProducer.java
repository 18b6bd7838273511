package org.millrace.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.millrace.model.setting.SettingException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes the one media store of the application as its settings say. */
@ApplicationScoped
class MediaStoreProducer {

    /** With the clients as suppliers, because an application without S3 has no settings to make them from. */
    @Produces
    @Singleton
    MediaStore mediaStore(MediaStoreConfig config, Instance<S3Client> client, Instance<S3Presigner> presigner) {
        return choose(config, client::get, presigner::get);
    }

    /**
     * The adapter that the settings ask for.
     *
     * @throws SettingException if settings that it needs are missing or its folder cannot be used
     */
    static MediaStore choose(MediaStoreConfig config, Supplier<S3Client> client, Supplier<S3Presigner> presigner) {
        return switch (config.kind()) {
            case LOCAL -> local(config.local().path());
            case S3 -> {
                MediaStoreConfig.S3 s3 = config.s3();
                String bucket = s3.bucket()
                        .orElseThrow(() -> new SettingException("millrace.store.kind is s3, but no bucket is named."
                                + " Setting: millrace.store.s3.bucket (MILLRACE_STORE_S3_BUCKET)"));
                Path staging = s3.staging().orElse(Path.of(System.getProperty("java.io.tmpdir")));
                yield new S3MediaStore(
                        client.get(), presigner.get(), bucket, s3.prefix().orElse(""), staging, Clock.systemUTC());
            }
        };
    }

    private static MediaStore local(Path folder) {
        try {
            return new LocalMediaStore(folder, Clock.systemUTC());
        } catch (MediaStoreException e) {
            throw new SettingException(
                    e.getMessage() + ". Setting: millrace.store.local.path (MILLRACE_STORE_LOCAL_PATH)", e);
        }
    }
}
