package org.millrace.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.millrace.model.setting.SettingException;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreConfig;
import org.millrace.store.MediaStoreException;

/** Writes to the media store before the program takes anything that would have to be kept there. */
@ApplicationScoped
class StoreCheck {

    private static final String LOCAL = "Setting: millrace.store.local.path (MILLRACE_STORE_LOCAL_PATH)";
    private static final String S3 = "Settings: millrace.store.s3.bucket (MILLRACE_STORE_S3_BUCKET),"
            + " QUARKUS_S3_ENDPOINT_OVERRIDE, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

    private final MediaStore store;
    private final MediaStoreConfig config;

    StoreCheck(MediaStore store, MediaStoreConfig config) {
        this.store = store;
        this.config = config;
    }

    void onStart(@Observes StartupEvent start) {
        try {
            store.check();
        } catch (MediaStoreException e) {
            throw new SettingException(
                    e.getMessage() + ". " + (config.kind() == MediaStoreConfig.Kind.LOCAL ? LOCAL : S3), e);
        }
    }
}
