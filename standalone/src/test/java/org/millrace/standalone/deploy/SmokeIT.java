package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.deploy.Shell.Run;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;

/** {@code ./millrace smoke} finds that an installation of several processes works. */
class SmokeIT {

    @TempDir
    Path folder;

    @Test
    void a_clip_goes_through_the_services_and_is_gone_afterwards() throws Exception {
        try (Services services = new Services(folder, RabbitServer.shared().virtualHost("smoke"))) {
            Program api = services.start(services.api()).awaitHealth("ready");
            services.start(services.worker()).awaitHealth("ready");

            Run run = Shell.run(
                    Map.of(),
                    List.of(
                            Repository.file("millrace").toString(),
                            "smoke",
                            api.address().toString()));

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("playable after", "ready after", "plays: 6.0 s in");
            assertThat(run.lastLine()).isEqualTo("deleted");
            assertThat(api.client().json("/api/v1/videos").findValues("id")).isEmpty();
        }
    }
}
