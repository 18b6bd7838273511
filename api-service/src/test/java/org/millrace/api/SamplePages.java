package org.millrace.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Data for every page in each of its states, in the shape in which the pages are given it. */
final class SamplePages {

    static final String HOSTILE = "<script>alert('1')</script>\" onmouseover=\"alert(2)\" '>&amp;<img src=x>";
    static final String LONG = "Überlänge ".repeat(30);
    static final String RIGHT_TO_LEFT = "رحلة إلى البحر \u202E‏ 2026";

    record Page(String title, String banner, String nav) {}

    record VideoCard(
            String id,
            String title,
            String state,
            String stateText,
            double progress,
            boolean playable,
            boolean partial,
            String posterUrl,
            String duration,
            String ageText) {}

    record Rendition(String name, int width, int height, String sizeText) {}

    record VideoPage(
            String id,
            String title,
            String description,
            String state,
            String stateText,
            String stage,
            double progress,
            boolean playable,
            boolean partial,
            String partialText,
            String failureMessage,
            String failureCode,
            boolean canRetry,
            String hlsUrl,
            String mp4Url,
            String posterUrl,
            double durationSeconds,
            String duration,
            Integer width,
            Integer height,
            String sizeText,
            String uploadedText,
            List<Rendition> renditions) {}

    record JobRow(
            String taskId,
            String videoId,
            String videoTitle,
            String kind,
            String stateText,
            double progress,
            String speed,
            String etaText,
            String worker,
            int attempts,
            String waitingText,
            String reason) {}

    record WorkerRow(String id, String name, int slots, int busy, String seenText, String sandbox, String ffmpeg) {}

    record Trouble(int status, String title, String message) {}

    private SamplePages() {}

    static Map<String, Object> library() {
        List<VideoCard> cards = List.of(
                card("v1", "Harbour at dawn", "READY", "Ready", 100, true, false, "/sample/wide.jpg", "4:05"),
                card(
                        "v2",
                        "Holiday, first day",
                        "PROCESSING",
                        "Encoding · 42 %",
                        42.4,
                        true,
                        false,
                        "/sample/tall.jpg",
                        "1:02:03"),
                card("v3", HOSTILE, "PROCESSING", "Reading the file · 3 %", 3, false, false, null, null),
                card("v4", LONG, "FAILED", "The file holds no picture.", 0, false, false, null, null),
                card(
                        "v5",
                        RIGHT_TO_LEFT,
                        "READY",
                        "Ready, but it ends at 0:12 of 3:30",
                        100,
                        true,
                        true,
                        "/sample/wide.jpg",
                        "0:12"),
                card("v6", "notes.txt", "REJECTED", "This is not a video.", 0, false, false, null, null));
        return page("Library", "library", Map.of("videos", cards, "total", 30, "nextPage", "/?page=2&q=a%22b"), "");
    }

    static Map<String, Object> emptyLibrary() {
        return page("Library", "library", Map.of("videos", List.of(), "total", 0), "");
    }

    static Map<String, Object> emptySearch() {
        return page("Library", "library", Map.of("videos", List.of(), "total", 0, "query", HOSTILE), "");
    }

    static Map<String, Object> upload() {
        return page(
                "Upload",
                "upload",
                Map.of(),
                "The message broker cannot be reached. Uploads are kept and work goes on later.");
    }

    static Map<String, Object> watchReady() {
        return watch("READY", "Ready", 100, true, null, null, "Harbour at dawn");
    }

    static Map<String, Object> watchGrowing() {
        return watch("PROCESSING", "Encoding · 42 %", 42.4, true, null, null, LONG);
    }

    static Map<String, Object> watchWaiting() {
        return watch("PROCESSING", "Reading the file · 3 %", 3, false, null, null, HOSTILE);
    }

    static Map<String, Object> watchPartial() {
        return watch(
                "READY", "Ready, but not complete", 100, true, "The file ends at 0:12 of 3:30.", null, RIGHT_TO_LEFT);
    }

    static Map<String, Object> watchFailed() {
        return watch("FAILED", "Failed", 0, false, null, "The file holds no picture that could be read.", "Broken");
    }

    static Map<String, Object> jobs() {
        List<JobRow> running = List.of(
                job(
                        "t1",
                        "Harbour at dawn",
                        "Encode 720p, 480p, 240p",
                        "Running",
                        61,
                        "2.1×",
                        "about 3 min left",
                        "worker-1",
                        1,
                        null,
                        null),
                job("t2", HOSTILE, "Analyse header", "Running", 10, null, null, HOSTILE, 3, null, null));
        List<JobRow> waiting = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> job(
                        "w" + n,
                        LONG,
                        "Encode audio",
                        "Waiting",
                        0,
                        null,
                        "in about 4 min",
                        null,
                        1,
                        "number " + n + " in the queue",
                        null))
                .toList();
        List<JobRow> failed = List.of(job(
                "f1",
                RIGHT_TO_LEFT,
                "Analyse header",
                "Failed",
                0,
                null,
                null,
                "worker-2",
                5,
                null,
                "The file is encrypted and cannot be read."));
        List<WorkerRow> workers = List.of(
                new WorkerRow("a", "worker-1", 2, 1, "2 seconds ago", "bubblewrap", "FFmpeg 5.1.9"),
                new WorkerRow("b", HOSTILE, 4, 4, "1 second ago", "limits only", "FFmpeg 7.1"));
        return page("Jobs", "jobs", jobs(running, waiting, failed, workers, 37), "");
    }

    static Map<String, Object> idleJobs() {
        return page("Jobs", "jobs", jobs(List.of(), List.of(), List.of(), List.of(), 0), "");
    }

    static Map<String, Object> error() {
        return page("Not found", "library", Map.of("error", new Trouble(404, "This page does not exist", HOSTILE)), "");
    }

    private static Map<String, Object> jobs(
            List<JobRow> running,
            List<JobRow> waiting,
            List<JobRow> failed,
            List<WorkerRow> workers,
            int waitingCount) {
        return Map.of(
                "running", running,
                "waiting", waiting,
                "failed", failed,
                "workers", workers,
                "runningCount", running.size(),
                "waitingCount", waitingCount,
                "failedCount", failed.size());
    }

    private static JobRow job(
            String id,
            String title,
            String kind,
            String state,
            double progress,
            String speed,
            String eta,
            String worker,
            int attempts,
            String waiting,
            String reason) {
        return new JobRow(id, "v-" + id, title, kind, state, progress, speed, eta, worker, attempts, waiting, reason);
    }

    private static VideoCard card(
            String id,
            String title,
            String state,
            String text,
            double progress,
            boolean playable,
            boolean partial,
            String poster,
            String duration) {
        return new VideoCard(id, title, state, text, progress, playable, partial, poster, duration, "3 minutes ago");
    }

    private static Map<String, Object> watch(
            String state,
            String stateText,
            double progress,
            boolean playable,
            String partial,
            String failure,
            String title) {
        List<Rendition> renditions = !playable
                ? List.of()
                : List.of(new Rendition("720p", 1280, 720, "18 MB"), new Rendition("480p", 854, 480, null));
        VideoPage video = new VideoPage(
                "v1",
                title,
                playable ? "First line of it.\nSecond line, " + HOSTILE : null,
                state,
                stateText,
                "Reading the file",
                progress,
                playable,
                partial != null,
                partial,
                failure,
                failure == null ? null : "no-video-stream",
                failure != null,
                playable ? "/sample/hls/master.m3u8" : null,
                playable && "READY".equals(state) ? "/sample/video.mp4" : null,
                playable ? "/sample/wide.jpg" : null,
                playable ? 20 : 0,
                playable ? "0:20" : null,
                playable ? 1920 : null,
                playable ? 1080 : null,
                "118 MB",
                "3 minutes ago",
                renditions);
        return page(title, "library", Map.of("video", video), "");
    }

    private static Map<String, Object> page(String title, String nav, Map<String, Object> data, String banner) {
        Map<String, Object> all = new HashMap<>(data);
        all.put("page", new Page(title, banner.isEmpty() ? null : banner, nav));
        all.putIfAbsent("nextPage", null);
        all.putIfAbsent("query", null);
        return all;
    }
}
