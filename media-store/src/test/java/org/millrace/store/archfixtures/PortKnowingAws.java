package org.millrace.store.archfixtures;

import software.amazon.awssdk.services.s3.S3Client;

/** Breaks the rule that only the S3 adapter knows the AWS SDK. */
public interface PortKnowingAws {

    /** Gives away what the port hides. */
    S3Client client();
}
