package org.millrace.api.upload;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.ledger.NewUpload;
import org.millrace.api.library.DisplayText;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.VideoId;

/** Makes videos of files that came as forms. They lie on the disk already and are renamed, not copied. */
@ApplicationScoped
class FormIntake {

    private final Uploads uploads;
    private final Room room;
    private final Access access;
    private final CurrentUser user;

    FormIntake(Uploads uploads, Room room, Access access, CurrentUser user) {
        this.uploads = uploads;
        this.room = room;
        this.access = access;
        this.user = user;
    }

    /**
     * Takes a file.
     *
     * @param file null if the form had none
     * @param title what the video is to be called; null or blank if the sender did not say
     */
    VideoId take(FileUpload file, String title) {
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
        String name = DisplayText.fileName(given);
        return uploads.take(
                new NewUpload(user.get().name(), file.size(), "", name, DisplayText.title(title, name)),
                file.uploadedFile());
    }
}
