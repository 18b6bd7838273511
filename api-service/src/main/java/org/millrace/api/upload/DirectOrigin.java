package org.millrace.api.upload;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.millrace.api.account.ForeignOrigin;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;

/** The store, where pages send parts of files by themselves. */
@ApplicationScoped
class DirectOrigin implements ForeignOrigin {

    private static final ObjectKey ANY = new ObjectKey("v");

    private final DirectIntake intake;
    private final MediaStore store;

    DirectOrigin(DirectIntake intake, MediaStore store) {
        this.intake = intake;
        this.store = store;
    }

    @Override
    public Optional<String> origin() {
        return intake.isDirect()
                ? store.presignGet(ANY, DirectIntake.VALIDITY)
                        .map(address -> address.getScheme() + "://" + address.getRawAuthority())
                : Optional.empty();
    }
}
