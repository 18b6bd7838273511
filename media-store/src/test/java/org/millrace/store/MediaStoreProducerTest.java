package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.setting.SettingException;

class MediaStoreProducerTest {

    private static final ObjectKey KEY = new ObjectKey("v/video/poster.jpg");

    @TempDir
    Path folder;

    @Test
    void without_settings_media_live_in_the_data_folder_and_no_s3_client_is_made() {
        MediaStoreConfig config = config(Map.of("millrace.home", folder.toString()));

        MediaStore store = MediaStoreProducer.choose(config, never(), never());

        assertThat(config.local().path()).isEqualTo(folder.resolve("media"));
        store.put(KEY, new byte[1]);
        assertThat(folder.resolve("media/v/video/poster.jpg")).exists();
    }

    @Test
    void a_local_folder_of_ones_own_is_used() {
        Path own = folder.resolve("own");

        MediaStoreProducer.choose(config(Map.of("millrace.store.local.path", own.toString())), never(), never())
                .put(KEY, new byte[1]);

        assertThat(own.resolve("v/video/poster.jpg")).exists();
    }

    @Test
    void s3_is_used_when_asked_for() {
        try (S3Server server = S3Server.start()) {
            server.createBucket("media");
            MediaStoreConfig config = config(Map.of(
                    "millrace.store.kind", "s3",
                    "millrace.store.s3.bucket", "media",
                    "millrace.store.s3.prefix", "tenant/one"));

            MediaStoreProducer.choose(config, server::client, server::presigner).put(KEY, new byte[1]);

            assertThat(server.client()
                            .headObject(request -> request.bucket("media").key("tenant/one/v/video/poster.jpg"))
                            .contentLength())
                    .isEqualTo(1);
        }
    }

    @Test
    void s3_without_a_bucket_is_refused_with_the_name_of_the_setting() {
        MediaStoreConfig config = config(Map.of("millrace.store.kind", "S3"));

        assertThatThrownBy(() -> MediaStoreProducer.choose(config, never(), never()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("MILLRACE_STORE_S3_BUCKET");
    }

    private static MediaStoreConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(MediaStoreConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(MediaStoreConfig.class);
    }

    private static <T> Supplier<T> never() {
        return () -> {
            throw new AssertionError("No S3 client is needed");
        };
    }
}
