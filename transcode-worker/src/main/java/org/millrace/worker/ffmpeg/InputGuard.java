package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.List;

/**
 * What every input is opened with: containers only, local files only, bounded pictures, bounded probing.
 *
 * @param maxPixels most pixels in a decoded picture
 * @param probeBytes bytes read at most to recognise streams
 * @param analyze media time read at most to recognise streams
 */
public record InputGuard(long maxPixels, long probeBytes, Duration analyze) {

    /**
     * Demuxers that read one self-contained file. Playlists (hls, dash, concat, imf), networks, devices, text formats
     * and picture sequences are left out on purpose: they name other files.
     */
    static final String FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,asf_o,flv,live_flv,kux,mpeg,mpegts,"
            + "mpegvideo,m4v,mxf,gxf,lxf,nut,nsv,nuv,ogg,rm,ivr,wtv,pva,ty,dv,gif,apng,swf,h261,h263,h264,hevc,obu,av1,"
            + "ivf,vc1,vc1test,dirac,dnxhd,avs,avs2,avs3,cavsvideo,mjpeg,flic,film_cpk,smk,bink,roq,vivo,vmd,thp,4xm,"
            + "mv,xmv,yop,mlv,moflex,yuv4mpegpipe,aac,ac3,eac3,dts,truehd,mp3,flac,wav,w64,aiff,caf,au,amr,tta,wv,ape";

    /** The guard an installation is configured with. */
    public static InputGuard of(FfmpegConfig config) {
        return new InputGuard(config.maxPixels(), config.probeSize().asLongValue(), config.analyzeDuration());
    }

    /** Options that go directly before the input. */
    List<String> arguments() {
        return List.of(
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                FORMATS,
                "-max_pixels",
                Long.toString(maxPixels),
                "-probesize",
                Long.toString(probeBytes),
                "-analyzeduration",
                Long.toString(analyze.toNanos() / 1000));
    }
}
