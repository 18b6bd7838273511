package org.millrace.api.ledger;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.millrace.api.testing.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class GrowingOnPostgresTest extends GrowingTest {}
