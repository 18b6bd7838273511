package org.millrace.worker.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.millrace.model.id.WorkerId;

/** Who this worker is: an identifier that is new for each run of the process, and a name for people. */
@ApplicationScoped
public class WorkerIdentity {

    private final WorkerId id = WorkerId.random();
    private final String host;

    @Inject
    WorkerIdentity(ReportConfig config) {
        this.host = config.host().orElseGet(WorkerIdentity::hostName);
    }

    /** Names this run of the worker. */
    public WorkerId id() {
        return id;
    }

    /** Name of the machine. */
    public String host() {
        return host;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
