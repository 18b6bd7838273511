package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker, an API and workers as processes of their own; each worker has one processor and one slot. */
final class PinnedWorkers implements AutoCloseable {

    private static final int START_SECONDS = 180;

    private final List<Process> processes = new ArrayList<>();
    private final Setting setting;
    private final Path folder;
    private final List<String> broker;
    private OwnProduct api;

    private PinnedWorkers(Setting setting) throws IOException {
        this.setting = setting;
        folder = setting.folder("workers");
        broker = List.of("millrace.broker.host=127.0.0.1", "millrace.broker.port=" + OwnProduct.freePort());
    }

    /** The program that is the broker; null if there is none on this machine. */
    static Path brokerProgram() {
        // Debian's wrapper on PATH changes the user; the script it wraps does not.
        return List.of("/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/sbin/rabbitmq-server").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Starts as many workers on the first processors, and waits until the API hears of all of them. */
    static PinnedWorkers start(Setting setting, int workers) throws IOException, InterruptedException {
        PinnedWorkers all = new PinnedWorkers(setting);
        try {
            all.startBroker();
            all.api = OwnProduct.start(all.program("api-service"), all.folder.resolve("home"), all.broker);
            for (int processor = 0; processor < workers; processor++) {
                all.startWorker(processor);
            }
            all.awaitWorkers(workers);
            return all;
        } catch (IOException | InterruptedException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** The API, which is used as a product in one process is. */
    OwnProduct api() {
        return api;
    }

    private void startBroker() throws IOException {
        List<String> command = List.of(
                "env",
                "RABBITMQ_NODENAME=millrace-bench-" + ProcessHandle.current().pid() + "@localhost",
                "RABBITMQ_NODE_IP_ADDRESS=127.0.0.1",
                "RABBITMQ_NODE_PORT=" + broker.getLast().replaceFirst(".*=", ""),
                "RABBITMQ_DIST_PORT=" + OwnProduct.freePort(),
                "RABBITMQ_MNESIA_BASE=" + folder.resolve("broker"),
                "RABBITMQ_LOG_BASE=" + folder.resolve("broker-log"),
                "RABBITMQ_ENABLED_PLUGINS_FILE=" + folder.resolve("plugins"),
                "RABBITMQ_PID_FILE=" + folder.resolve("broker-pid"),
                "HOME=" + folder,
                brokerProgram().toString());
        processes.add(Runs.start(command, folder.resolve("broker-output")));
    }

    private void startWorker(int processor) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.port=" + OwnProduct.freePort(),
                "-Dmillrace.home=" + folder.resolve("worker-" + processor),
                "-Dmillrace.store.local.path=" + api.home().resolve("media"),
                "-Dmillrace.worker.slots=1"));
        broker.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", program("transcode-worker").toString()));
        Path log = folder.resolve("worker-" + processor + ".log");
        processes.add(Runs.start(Commands.pinned(processor, command), log));
    }

    private void awaitWorkers(int workers) throws IOException, InterruptedException {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!api.http().text(api.address().resolve("/q/metrics")).contains("\nmillrace_workers " + workers + ".0\n")) {
            if (System.nanoTime() > give || processes.stream().anyMatch(process -> !process.isAlive())) {
                throw new IOException("broker and workers did not start");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** The packaged program of another module, beside that of the product. */
    private Path program(String module) {
        Path inModule = Path.of("target", "quarkus-app", "quarkus-run.jar");
        Path root = setting.jar().toAbsolutePath().getParent().getParent().getParent().getParent();
        return root.resolve(module).resolve(inModule);
    }

    /** Ends all of them, the broker last. */
    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
        for (Process process : processes.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
