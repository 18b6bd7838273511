package org.millrace.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the media of this installation lives. Every process of it must be told the same. */
@ConfigMapping(prefix = "millrace.store")
public interface MediaStoreConfig {

    /** Which adapter holds the objects. */
    @WithDefault("local")
    Kind kind();

    /** Settings of the local adapter. */
    Local local();

    /** Settings of the S3 adapter; the connection itself is set with the keys {@code quarkus.s3.*}. */
    S3 s3();

    /** The adapters there are. */
    enum Kind {
        /** A folder of a file system that all processes see. */
        LOCAL,
        /** A bucket of Amazon S3 or of a server that speaks its protocol. */
        S3
    }

    /** Settings of the local adapter. */
    interface Local {

        /**
         * The folder; it is made if it is missing. A worker's scratch folder on the same file system saves copying
         * what it publishes.
         */
        @WithDefault("${millrace.home:data}/media")
        Path path();
    }

    /** Settings of the S3 adapter. */
    interface S3 {

        /** The bucket, which must exist; required for this adapter. */
        Optional<String> bucket();

        /** Put before every key, for buckets that hold other things too; segments joined by slashes. */
        Optional<String> prefix();

        /** Where up to 256 MiB of each running upload wait to be sent; by default the folder for temporary files. */
        Optional<Path> staging();
    }
}
