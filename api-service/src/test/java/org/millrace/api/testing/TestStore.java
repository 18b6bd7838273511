package org.millrace.api.testing;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.millrace.store.LocalMediaStore;
import org.millrace.store.MediaStore;

/** The store of the application under test, where the application brings none. */
class TestStore {

    @Produces
    @Singleton
    @DefaultBean
    MediaStore store(Config config) {
        return new LocalMediaStore(config.getValue("millrace.store.local.path", Path.class), Clock.systemUTC());
    }
}
