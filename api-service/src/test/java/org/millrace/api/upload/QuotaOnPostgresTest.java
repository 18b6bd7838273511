package org.millrace.api.upload;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import org.millrace.api.testing.OnPostgres;

@QuarkusTest
@TestProfile(QuotaOnPostgresTest.Small.class)
class QuotaOnPostgresTest extends QuotaTest {

    /** The same limits on the other database. */
    public static class Small extends OnPostgres {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> all = new HashMap<>(super.getConfigOverrides());
            all.putAll(new QuotaTest.Small().getConfigOverrides());
            return all;
        }
    }
}
