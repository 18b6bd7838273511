package org.millrace.api.library;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.millrace.api.testing.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class VideosResourceOnPostgresTest extends VideosResourceTest {}
