package org.millrace.api.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.store.MediaStore;
import org.millrace.store.NoSuchObjectException;

/** What ledger and store really hold. */
@ApplicationScoped
public class Stored {

    private final MediaStore store;
    private final Transactions transactions;

    Stored(MediaStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** The bytes of a video's source. */
    public byte[] source(String video) {
        try (InputStream in = store.read(MediaLayout.source(new VideoId(video)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A video; null if there is none. */
    public VideoRow video(String id) {
        return transactions.read(() -> VideoRow.findById(id));
    }

    /** An upload by its address; null if there is none. */
    public UploadRow upload(String address) {
        String id = address.substring(address.lastIndexOf('/') + 1);
        return transactions.read(() -> UploadRow.findById(id));
    }

    /** Changes an upload behind the server's back. */
    public void change(String address, java.util.function.Consumer<UploadRow> change) {
        String id = address.substring(address.lastIndexOf('/') + 1);
        transactions.write(() -> {
            change.accept(UploadRow.findById(id));
            return null;
        });
    }

    /** Whether the store has anything of an upload. */
    public boolean hasBytes(UploadRow upload) {
        try {
            store.durableOffset(upload.source());
            return true;
        } catch (NoSuchObjectException e) {
            return store.stat(upload.source()).isPresent();
        }
    }

    /** How many uploads of these titles there are, done or not. */
    public List<UploadRow> uploadsTitled(String title) {
        return transactions.read(() -> UploadRow.list("title", title));
    }
}
