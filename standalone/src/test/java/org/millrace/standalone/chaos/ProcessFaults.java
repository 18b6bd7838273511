package org.millrace.standalone.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.millrace.standalone.testbed.Signals;

/** What is done to processes. */
final class ProcessFaults {

    private static final Duration WORK_COMES = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(15);
    private static final Duration WATCHDOG = Duration.ofSeconds(90);
    private static final Duration API_PAUSE = Duration.ofSeconds(8);
    private static final Duration DEATH = Duration.ofSeconds(10);
    private static final Duration SKEWED = Duration.ofSeconds(15);
    private static final int LONGEST_AIM_MILLIS = 400;

    private ProcessFaults() {}

    static void killWorker(Campaign campaign, Random dice) {
        Post post = atWork(campaign, dice);
        Hold.on(Duration.ofMillis(dice.nextInt(LONGEST_AIM_MILLIS)));
        String log = post.program().log();
        campaign.interrupts(campaign.installation().ledger().runningAttempts().stream()
                .filter(log::contains)
                .toList());
        post.kill();
        post.start();
        post.awaitLive();
    }

    static void pauseWorker(Campaign campaign, Random dice) {
        Post post = atWork(campaign, dice);
        pause(post, LONGER_THAN_A_LEASE);
    }

    static void endWorker(Campaign campaign, Random dice) {
        Post post = atWork(campaign, dice);
        post.stop();
        post.start();
        post.awaitLive();
    }

    static void killFfmpeg(Campaign campaign, Random dice) {
        // It is stopped first, or it might end by itself and nobody could tell.
        ProcessHandle encoder = stoppedEncoder(campaign, dice);
        encoder.destroyForcibly();
        Hold.require("FFmpeg is dead", DEATH, () -> !encoder.isAlive());
    }

    static void pauseFfmpeg(Campaign campaign, Random dice) {
        ProcessHandle encoder = stoppedEncoder(campaign, dice);
        Hold.require("an FFmpeg that stands still is killed", WATCHDOG, () -> !encoder.isAlive());
    }

    static void killApi(Campaign campaign, Random dice) {
        Post post = any(campaign.installation().apis(), dice);
        post.kill();
        post.start();
        post.awaitReady();
    }

    static void pauseApi(Campaign campaign, Random dice) {
        pause(any(campaign.installation().apis(), dice), API_PAUSE);
    }

    static void endApi(Campaign campaign, Random dice) {
        Post post = any(campaign.installation().apis(), dice);
        post.stop();
        post.start();
        post.awaitReady();
    }

    /** A worker whose clock is wrong works as any other: leases are judged by the clock of the API alone. */
    static void skewWorker(Campaign campaign, Random dice) {
        Post post = any(campaign.installation().workers(), dice);
        post.stop();
        post.start(
                builder -> builder.env("LD_PRELOAD", falseClock().orElseThrow().toString())
                        .env("FAKETIME", "+1h")
                        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        post.awaitLive();
        LocalTime said = LocalTime.parse(post.program()
                .log()
                .lines()
                .filter(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"))
                .findFirst()
                .orElseThrow()
                .substring(0, 8));
        if (Math.abs(Duration.between(LocalTime.now(), said).toMinutes()) < 30) {
            throw new AssertionError("the worker's clock is right: " + said);
        }
        Hold.require("it works all the same", WORK_COMES, post::isAtWork);
        Hold.on(SKEWED);
        post.stop();
        post.start();
        post.awaitLive();
    }

    /** The library that shows programs another time; empty where it is not installed. */
    static Optional<Path> falseClock() {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("/usr/lib"), entry -> Files.isDirectory(entry.resolve("faketime")))) {
            for (Path folder : found) {
                Path library = folder.resolve("faketime").resolve("libfaketime.so.1");
                if (Files.isReadable(library)) {
                    return Optional.of(library);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void pause(Post post, Duration time) {
        long pid = post.program().handle().pid();
        post.program().pause();
        try {
            Hold.require("it stands still", DEATH, () -> Signals.isStopped(pid));
            Hold.on(time);
        } finally {
            post.program().resume();
        }
    }

    private static Post atWork(Campaign campaign, Random dice) {
        List<Post> workers = new ArrayList<>(campaign.installation().workers());
        Collections.shuffle(workers, dice);
        return first("a worker at work", workers, Post::isAtWork);
    }

    private static ProcessHandle stoppedEncoder(Campaign campaign, Random dice) {
        List<Post> workers = campaign.installation().workers();
        List<ProcessHandle> stopped = new ArrayList<>();
        Hold.require("an FFmpeg to stop", WORK_COMES, () -> {
            List<ProcessHandle> encoders = new ArrayList<>(workers.stream()
                    .flatMap(post -> post.program().handle().descendants())
                    .filter(ProcessFaults::isFfmpeg)
                    .toList());
            Collections.shuffle(encoders, dice);
            encoders.stream().filter(ProcessFaults::stop).findFirst().ifPresent(stopped::add);
            return !stopped.isEmpty();
        });
        return stopped.getFirst();
    }

    private static boolean stop(ProcessHandle encoder) {
        try {
            Signals.send("STOP", encoder.pid());
            return Hold.until(Duration.ofMillis(500), () -> Signals.isStopped(encoder.pid()));
        } catch (AssertionError e) {
            // It has ended meanwhile.
            return false;
        }
    }

    private static boolean isFfmpeg(ProcessHandle process) {
        try {
            String name = Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
                    .strip();
            return name.equals("ffmpeg") || name.equals("ffprobe");
        } catch (IOException e) {
            return false;
        }
    }

    private static Post any(List<Post> posts, Random dice) {
        return posts.get(dice.nextInt(posts.size()));
    }

    private static <T> T first(String what, List<T> all, Predicate<T> wanted) {
        List<T> found = new ArrayList<>();
        Hold.require(what, WORK_COMES, () -> {
            all.stream().filter(wanted).findFirst().ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }
}
