package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegInstallationTest {

    @TempDir
    Path directory;

    @Test
    void the_installed_ffmpeg_is_named_with_its_encoder() {
        FfmpegInstallation installation = new FfmpegInstallation(FfmpegKit.config(Map.of()));

        assertThat(installation.version().isRecentEnough()).isTrue();
        assertThat(installation.fingerprint())
                .matches(
                        "ffmpeg " + Pattern.quote(installation.version().text()) + " / x264 core \\d+.* / [0-9a-f]{8}");
    }

    @Test
    void a_missing_program_is_named_with_a_remedy() {
        assertThatThrownBy(() -> new FfmpegInstallation(FfmpegKit.config(Map.of("ffprobe", "/nowhere/ffprobe"))))
                .isInstanceOf(FfmpegUnavailableException.class)
                .hasMessage("The program /nowhere/ffprobe was not found: install FFmpeg 5.1 or newer "
                        + "(Debian, Ubuntu: apt install ffmpeg) or set millrace.ffmpeg.ffprobe to its path.");
    }

    @Test
    void an_old_one_a_different_one_and_one_without_encoder_are_refused() throws Exception {
        assertThatThrownBy(() -> installation("echo 'ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright'"))
                .hasMessageContaining("is version 4.4.2-0ubuntu0.22.04.1, which is too old");
        assertThatThrownBy(() -> installation("echo 'a program of another kind'"))
                .hasMessageContaining("does not answer like ffmpeg");
        assertThatThrownBy(() -> installation("echo 'ffmpeg version 7.1 Copyright'"))
                .hasMessageContaining("cannot encode H.264 with libx264");
    }

    @Test
    void versions_are_read_in_every_usual_form() {
        assertThat(version("5.1.9-0+deb12u1")).isEqualTo("5.1 true");
        assertThat(version("5.0.3")).isEqualTo("5.0 false");
        assertThat(version("n8.0")).isEqualTo("8.0 true");
        assertThat(version("N-113007-g8d24a28d06")).isEqualTo(Integer.MAX_VALUE + ".0 true");
        assertThat(FfmpegVersion.parse("avconv version 12")).isEmpty();
    }

    @Test
    void builds_of_one_version_that_differ_are_told_apart() {
        FfmpegVersion one = parsed("ffmpeg version 5.1 x\nconfiguration: --enable-gpl\n");
        FfmpegVersion other = parsed("ffmpeg version 5.1 x\nconfiguration: --enable-lto\n");

        assertThat(one.fingerprint("x264 core 164")).isNotEqualTo(other.fingerprint("x264 core 164"));
    }

    private FfmpegInstallation installation(String script) throws Exception {
        Path fake = directory.resolve("ffmpeg");
        Files.writeString(fake, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new FfmpegInstallation(FfmpegKit.config(Map.of("ffmpeg", fake.toString())));
    }

    private static String version(String text) {
        FfmpegVersion version = parsed("ffmpeg version " + text + " Copyright (c)\n");
        return version.major() + "." + version.minor() + " " + version.isRecentEnough();
    }

    private static FfmpegVersion parsed(String output) {
        return FfmpegVersion.parse(output).orElseThrow();
    }
}
