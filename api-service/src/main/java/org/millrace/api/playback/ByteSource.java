package org.millrace.api.playback;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jboss.logging.Logger;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.NoSuchObjectException;

/**
 * Brings bytes to the client. Files go from the disk to the socket inside the kernel; objects elsewhere are copied
 * piece by piece, each one only when the client has taken the one before. A client that goes away is no error.
 */
@ApplicationScoped
class ByteSource {

    private static final Logger LOG = Logger.getLogger(ByteSource.class);
    private static final int PIECE = 256 * 1024;

    /** What was said of an answer that now is not given. */
    private static final List<String> DESCRIPTION = List.of(
            "ETag",
            "Last-Modified",
            "Accept-Ranges",
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Length",
            "Content-Range",
            "Content-Type",
            "Vary");

    private final MediaStore store;
    private final Vertx vertx;
    private final Problems problems;

    ByteSource(MediaStore store, Vertx vertx, Problems problems) {
        this.store = store;
        this.vertx = vertx;
        this.problems = problems;
    }

    /**
     * Sends a part as the body of a response whose head is complete.
     *
     * @param gone called, with nothing sent, if the object is no longer there
     */
    void send(RoutingContext request, Content.Body body, ByteRange range, Runnable gone) {
        HttpServerResponse response = request.response();
        // Vert.x logs what nobody handles, with a stack trace.
        request.request().connection().exceptionHandler(ByteSource::wentAway);
        Future<Void> sent =
                switch (body) {
                    case Content.Body.Text text ->
                        response.end(text.bytes().slice((int) range.first(), (int) (range.first() + range.length())));
                    case Content.Body.LocalFile file ->
                        response.sendFile(file.path().toString(), file.offset() + range.first(), range.length());
                    case Content.Body.Remote remote ->
                        stream(response, remote.object(), remote.offset() + range.first(), range.length());
                };
        sent.onFailure(failure -> giveUp(request, failure, gone));
    }

    private Future<Void> stream(HttpServerResponse response, ObjectKey object, long offset, long length) {
        return vertx.executeBlocking(() -> store.read(object, offset, length), false)
                .compose(in ->
                        copy(response, in, length).eventually(() -> vertx.executeBlocking(() -> close(in), false)));
    }

    private Future<Void> copy(HttpServerResponse response, InputStream in, long left) {
        return vertx.executeBlocking(() -> read(in, left), false).compose(piece -> {
            long rest = left - piece.length();
            return rest == 0 ? response.end(piece) : response.write(piece).compose(taken -> copy(response, in, rest));
        });
    }

    /** What goes wrong here is the store's fault, and must not look like the network's. */
    private static Buffer read(InputStream in, long left) {
        try {
            byte[] piece = in.readNBytes((int) Math.min(PIECE, left));
            if (piece.length == 0) {
                throw new IOException("The object ends " + left + " bytes too early");
            }
            return Buffer.buffer(piece);
        } catch (IOException e) {
            ProblemException problem = new ProblemException(ErrorCode.STORE_UNAVAILABLE);
            problem.initCause(e);
            throw problem;
        }
    }

    private static Void close(InputStream in) throws IOException {
        in.close();
        return null;
    }

    private void giveUp(RoutingContext request, Throwable failure, Runnable gone) {
        HttpServerResponse response = request.response();
        if (response.closed() || isFarewell(failure)) {
            wentAway(failure);
        } else if (response.headWritten()) {
            LOG.warnf("Broke off %s: %s", request.request().path(), failure);
        }
        if (!response.headWritten()) {
            DESCRIPTION.forEach(response.headers()::remove);
            if (isMissing(failure)) {
                response.setStatusCode(200);
                gone.run();
                return;
            }
        }
        problems.answer(request, failure);
    }

    /** An object may be deleted between a look at it and its sending. */
    private static boolean isMissing(Throwable failure) {
        return failure instanceof FileNotFoundException
                || failure instanceof NoSuchFileException
                || failure instanceof NoSuchObjectException;
    }

    /** The words are those of the operating system; Java has no better way to tell a socket's failure from a file's. */
    private static boolean isFarewell(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        return failure instanceof ClosedChannelException
                || failure instanceof HttpClosedException
                || (failure instanceof IOException
                        && (words.startsWith("Connection reset") || words.startsWith("Broken pipe")));
    }

    private static void wentAway(Throwable failure) {
        LOG.debugf("A client went away: %s", failure);
    }
}
