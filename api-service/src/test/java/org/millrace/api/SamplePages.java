package org.millrace.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.millrace.api.admin.JobRow;
import org.millrace.api.admin.WorkerRow;
import org.millrace.api.library.Page;
import org.millrace.api.library.PresetChoice;
import org.millrace.api.library.ReportCard;
import org.millrace.api.library.VideoCard;
import org.millrace.api.library.VideoPage;
import org.millrace.api.playback.MediaLinks;

/** Data for every page in each of its states. */
final class SamplePages {

    static final String HOSTILE = "<script>alert('1')</script>\" onmouseover=\"alert(2)\" '>&amp;<img src=x>";
    static final String LONG = "Überlänge ".repeat(30);
    static final String RIGHT_TO_LEFT = "رحلة إلى البحر \u202E‏ 2026";

    private static final List<PresetChoice> PRESETS = List.of(
            new PresetChoice("balanced", "Balanced", "Good quality at a reasonable size.", true),
            new PresetChoice("small", "Small files", "Smaller, but it takes longer.", false));

    /** What an error page is given. */
    record Trouble(int status, String title, String message) {}

    private SamplePages() {}

    static Map<String, Object> library() {
        List<VideoCard> cards = List.of(
                card("v1", "Harbour at dawn", "READY", "Ready", 100, true, false, "/sample/wide.jpg", "4:05"),
                card(
                        "v2",
                        "First day",
                        "PROCESSING",
                        "Encoding · 42 %",
                        42,
                        true,
                        false,
                        "/sample/tall.jpg",
                        "1:02:03"),
                card("v3", HOSTILE, "PROCESSING", "Reading the file · 3 %", 3, false, false, null, null),
                card("v4", LONG, "FAILED", "The file holds no picture.", 0, false, false, null, null),
                card("v5", RIGHT_TO_LEFT, "READY", "Ready, not complete", 100, true, true, "/sample/wide.jpg", "0:12"),
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
                Map.of(
                        "presets",
                        PRESETS,
                        "normalise",
                        false,
                        "direct",
                        false,
                        "quota",
                        "Of the 1 TB that this server may hold, 80 GB are left."),
                "The message broker cannot be reached. Uploads are kept and work goes on later.");
    }

    static Map<String, Object> watchReady() {
        return watch("READY", "Ready", 100, true, null, null, "Harbour at dawn");
    }

    static Map<String, Object> watchGrowing() {
        return watch("PROCESSING", "Encoding · 42 %", 42, true, null, null, LONG);
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
                job("t1", "Harbour at dawn", "Encode chunk 3", 61, "2.1×", "about 3 min left", "worker-1", null, null),
                job("t2", HOSTILE, "Analyse header", 10, null, null, HOSTILE, null, null));
        List<JobRow> waiting = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> job("w" + n, LONG, "Encode audio", 0, null, null, null, "number " + n, null))
                .toList();
        List<JobRow> failed =
                List.of(job("f1", RIGHT_TO_LEFT, "Analyse header", 0, null, null, null, null, "The source is gone."));
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
                "failedCount", failed.size(),
                "deadLetters", failed.size(),
                "quota", "Of the 1 TB that this server may hold, 80 GB are left.");
    }

    private static JobRow job(
            String id,
            String title,
            String kind,
            int progress,
            String speed,
            String eta,
            String worker,
            String waiting,
            String reason) {
        String state = worker != null ? "Running" : reason == null ? "Waiting" : "Failed";
        return new JobRow(
                id, "v-" + id, title, kind, state, progress, speed, eta, worker, 2, waiting, reason, reason != null);
    }

    private static VideoCard card(
            String id,
            String title,
            String state,
            String text,
            int progress,
            boolean playable,
            boolean partial,
            String poster,
            String duration) {
        String clip = poster == null ? null : "/sample/clip.mp4";
        return new VideoCard(
                id,
                title,
                state,
                text,
                "about 3 min left",
                progress,
                playable,
                partial,
                partial,
                poster,
                clip,
                duration,
                "3 minutes ago");
    }

    private static Map<String, Object> watch(
            String state,
            String stateText,
            int progress,
            boolean playable,
            String partial,
            String failure,
            String title) {
        boolean ready = playable && "READY".equals(state);
        MediaLinks media = !playable
                ? new MediaLinks(null, null, null, null, null, null, List.of())
                : new MediaLinks(
                        "/sample/hls/master.m3u8",
                        ready ? null : "/sample/hls/live/all.m3u8",
                        ready ? "/sample/video.mp4" : null,
                        "/sample/wide.jpg",
                        "/sample/storyboard.vtt",
                        "/sample/clip.mp4",
                        List.of(
                                new MediaLinks.Subtitles("English", "en", "/sample/en.vtt"),
                                new MediaLinks.Subtitles(HOSTILE, null, "/sample/other.vtt")));
        List<VideoPage.Rendition> renditions = !playable
                ? List.of()
                : List.of(
                        new VideoPage.Rendition("720p", 1280, 720, "18 MB"),
                        new VideoPage.Rendition("480p", 854, 480, null));
        ReportCard report = new ReportCard(
                "converted to 2 qualities",
                List.of(
                        new ReportCard.Section("Original", List.of("MP4, 118 MB", "Sound: AAC, " + HOSTILE)),
                        new ReportCard.Section("Space", List.of("118 MB were uploaded."))));
        VideoPage video = new VideoPage(
                "v1",
                title,
                playable ? "First line of it.\nSecond line, " + HOSTILE : null,
                state,
                stateText,
                "about 3 min left · needs up to 1.2 GB",
                progress,
                playable,
                partial != null,
                partial,
                failure,
                failure == null ? null : "no-video-stream",
                partial != null,
                playable ? 20 : 0,
                media,
                new VideoPage.Can(failure != null, "PROCESSING".equals(state), ready, playable),
                new VideoPage.Facts(
                        "3 minutes ago", playable ? "0:20" : null, "1920 × 1080, 118 MB", "Balanced", renditions),
                playable ? report : null);
        return page(title, "library", Map.of("video", video, "presets", PRESETS, "normalise", true), "");
    }

    private static Map<String, Object> page(String title, String nav, Map<String, Object> data, String banner) {
        Map<String, Object> all = new HashMap<>(data);
        all.put("page", new Page(title, banner.isEmpty() ? null : banner, nav));
        all.putIfAbsent("nextPage", null);
        all.putIfAbsent("query", null);
        return all;
    }
}
