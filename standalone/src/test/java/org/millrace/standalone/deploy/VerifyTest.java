package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.standalone.deploy.Shell.Run;

/** The program behind {@code ./millrace verify}, against right and wrong answers. */
class VerifyTest {

    private static final String WHOLE =
            "{\"video\":\"aa\",\"title\":\"Lake\",\"set\":1,\"objects\":12,\"bytes\":2500000,\"whole\":true,\"faults\":[]}\n";
    private static final String BROKEN = """
            {"video":"bb","title":"Hill\\u001b[2J","set":2,"objects":3,"bytes":500000,"whole":false,\
            "faults":["720p is missing (v/bb/720p).","The uploaded file is missing."]}
            """;

    private FakeProduct product;

    @BeforeEach
    void start() throws Exception {
        product = new FakeProduct();
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void a_whole_library_is_told_video_by_video_and_is_success() throws Exception {
        product.check(WHOLE + WHOLE, false);
        Run run = verify();
        assertThat(run.output().lines()).startsWith("ok     Lake (aa): 12 objects, 2.5 MB");
        assertThat(run.lastLine()).startsWith("2 of 2 videos whole; 24 objects, 5.0 MB, read in ");
        assertThat(run.exitCode()).isZero();
        assertThat(product.checked()).isEqualTo("POST deep=false");
    }

    @Test
    void what_is_wrong_is_said_in_words_and_is_no_success() throws Exception {
        product.check(WHOLE + BROKEN, false);
        Run run = verify("--deep");
        assertThat(run.output().lines())
                .contains("WRONG  Hill [2J (bb): 720p is missing (v/bb/720p). The uploaded file is missing.");
        assertThat(run.lastLine()).startsWith("1 of 2 videos whole; 15 objects, 3.0 MB, read and decoded in ");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(product.checked()).isEqualTo("POST deep=true");
    }

    @Test
    void a_library_without_videos_is_whole() throws Exception {
        product.check("", false);
        Run run = verify();
        assertThat(run.lastLine()).startsWith("0 of 0 videos whole");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void an_answer_that_breaks_off_is_not_taken_for_the_whole_library() throws Exception {
        product.check(WHOLE, true);
        Run run = verify();
        assertThat(run.lastLine()).startsWith("verify: this is not the whole library: ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void an_answer_that_is_something_else_is_not_taken_for_a_check() throws Exception {
        product.check("{\"video\":\"aa\"}\n", false);
        Run run = verify();
        assertThat(run.lastLine()).contains("the product answered \"{\"video\":\"aa\"}\"");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void a_product_that_does_not_know_the_question_cannot_be_verified() throws Exception {
        Run run = verify();
        assertThat(run.lastLine()).contains("/api/v1/verify?deep=false is answered with 404");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private Run verify(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = product.url();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return LauncherPrograms.run("millrace.verify.Verify", all);
    }
}
