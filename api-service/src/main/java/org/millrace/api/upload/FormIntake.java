package org.millrace.api.upload;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.ledger.NewUpload;
import org.millrace.api.library.DisplayText;
import org.millrace.api.library.WishesReader;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.VideoId;
import org.millrace.model.plan.PlanRequest;

/** Makes videos of files that came as forms. They lie on the disk already and are renamed, not copied. */
@ApplicationScoped
class FormIntake {

    private final Uploads uploads;
    private final Room room;
    private final Access access;
    private final CurrentUser user;
    private final WishesReader wishes;

    FormIntake(Uploads uploads, Room room, WishesReader wishes, Access access, CurrentUser user) {
        this.uploads = uploads;
        this.room = room;
        this.wishes = wishes;
        this.access = access;
        this.user = user;
    }

    /**
     * Takes a file.
     *
     * @param file null if the form had none
     * @param title what the video is to be called; null or blank if the sender did not say
     * @param preset how its renditions are to be made; null or blank if the sender did not say
     * @param normalise whether its sound is to be brought to a common loudness; null or blank if the sender did not say
     */
    VideoId take(FileUpload file, String title, String preset, String normalise) {
        if (!access.may(user.get(), Action.UPLOAD, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        String given = file == null || file.fileName() == null ? "" : file.fileName();
        if (file == null || given.isEmpty() && file.size() == 0) {
            throw new ProblemException(ErrorCode.FILE_MISSING, "The form has no file in its field “file”.");
        }
        if (file.size() == 0) {
            throw new ProblemException(ErrorCode.EMPTY_FILE);
        }
        if (file.size() > room.largest()) {
            throw room.tooLarge();
        }
        PlanRequest.Wishes wanted = wishes.read(preset, normalise)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_VALUE,
                        "“preset” is one of " + WishesReader.presets() + "; “normalise” is true or false."));
        String name = DisplayText.fileName(given);
        return uploads.take(
                new NewUpload(user.get().name(), file.size(), "", name, DisplayText.title(title, name), wanted),
                file.uploadedFile());
    }
}
