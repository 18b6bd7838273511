package org.millrace.worker.ffmpeg;

import org.millrace.model.setting.SettingException;

/** The worker cannot run ffmpeg as configured. The message is one sentence with the remedy. */
public final class FfmpegUnavailableException extends SettingException {

    FfmpegUnavailableException(String sentence) {
        super(sentence);
    }

    FfmpegUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
