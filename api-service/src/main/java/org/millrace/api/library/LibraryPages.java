package org.millrace.api.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.account.Quota;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoList;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.status.Degradation;

/** The pages about videos, and what their forms do where no script runs. */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class LibraryPages {

    private static final int CARDS = 24;
    private static final int QUERY = 200;

    private final VideoList list;
    private final PageContent content;
    private final VideoLedger videos;
    private final VideoControl control;
    private final WishesConfig wishes;
    private final UploadWays ways;
    private final Degradation degradation;
    private final CurrentUser user;
    private final Access access;
    private final Quota quota;

    LibraryPages(
            VideoList list,
            PageContent content,
            VideoLedger videos,
            VideoControl control,
            WishesConfig wishes,
            UploadWays ways,
            @Any Degradation degradation,
            CurrentUser user,
            Access access,
            Quota quota) {
        this.list = list;
        this.content = content;
        this.videos = videos;
        this.control = control;
        this.wishes = wishes;
        this.ways = ways;
        this.degradation = degradation;
        this.user = user;
        this.access = access;
        this.quota = quota;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {

        private Templates() {}

        static native TemplateInstance library(
                Page page, List<VideoCard> videos, String nextPage, String query, long total);

        static native TemplateInstance upload(
                Page page, List<PresetChoice> presets, boolean normalise, boolean direct, String quota);

        static native TemplateInstance watch(Page page, VideoPage video, List<PresetChoice> presets, boolean normalise);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance library(
            @QueryParam("q") @DefaultValue("") String q, @QueryParam("page") @DefaultValue("1") String page) {
        String query = DisplayText.line(q, QUERY);
        int number = page.matches("[1-9]\\d{0,5}") ? Integer.parseInt(page) : 1;
        VideoList.Wanted wanted = new VideoList.Wanted(user.get().name(), query.isEmpty() ? null : query, null);
        VideoList.Found found = list.page(wanted, number - 1, CARDS);
        List<VideoRow> visible = found.videos().stream()
                .filter(video -> access.may(user.get(), Action.SEE, video.owner))
                .toList();
        boolean last = (long) number * CARDS >= found.total();
        return Templates.library(
                page("Library", "library"),
                content.cards(visible),
                last ? null : pageUrl(wanted.text(), number + 1),
                wanted.text(),
                found.total());
    }

    @GET
    @Path("upload")
    @Operation(hidden = true)
    public TemplateInstance upload() {
        if (!access.may(user.get(), Action.UPLOAD, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        return Templates.upload(
                page("Upload", "upload"),
                PresetChoice.all(wishes.preset()),
                wishes.normaliseSound(),
                ways.isDirect(),
                quota.standing(0).map(Quota.Standing::sentence).orElse(null));
    }

    @GET
    @Path("watch/{id}")
    @Operation(hidden = true)
    public TemplateInstance watch(@PathParam("id") String id) {
        VideoRow video = control.find(id, Action.SEE);
        return Templates.watch(
                page(video.title, "library"), content.page(video), PresetChoice.all(video.preset), video.normalise);
    }

    @POST
    @Path("watch/{id}")
    @Operation(hidden = true)
    public Response edit(
            @PathParam("id") String id,
            @FormParam("title") String title,
            @FormParam("description") String description) {
        VideoRow video = control.find(id, Action.EDIT);
        String newTitle = title == null ? null : DisplayText.line(title, DisplayText.TITLE);
        if (newTitle != null && newTitle.isEmpty()) {
            throw new ProblemException(ErrorCode.INVALID_VALUE, "A video needs a title.");
        }
        String newDescription = description == null ? null : DisplayText.lines(description, DisplayText.DESCRIPTION);
        videos.edit(video.videoId(), newTitle, newDescription);
        return backTo(watchPage(id));
    }

    @POST
    @Path("watch/{id}/delete")
    @Operation(hidden = true)
    public Response delete(@PathParam("id") String id) {
        videos.delete(control.find(id, Action.DELETE).videoId());
        return backTo(URI.create("/"));
    }

    @POST
    @Path("watch/{id}/retry")
    @Operation(hidden = true)
    public Response retry(@PathParam("id") String id) {
        control.retry(id);
        return backTo(watchPage(id));
    }

    @POST
    @Path("watch/{id}/cancel")
    @Operation(hidden = true)
    public Response cancel(@PathParam("id") String id) {
        control.cancel(id);
        return backTo(watchPage(id));
    }

    @POST
    @Path("watch/{id}/encode-again")
    @Operation(hidden = true)
    public Response encodeAgain(
            @PathParam("id") String id, @FormParam("preset") String preset, @FormParam("normalise") String normalise) {
        control.encodeAgain(id, preset, normalise);
        return backTo(watchPage(id));
    }

    private Page page(String title, String nav) {
        return new Page(title, degradation.sentence().orElse(null), nav);
    }

    private static String pageUrl(String query, int number) {
        UriBuilder uri = UriBuilder.fromPath("/").queryParam("page", number);
        return query == null
                ? uri.build().toString()
                : uri.queryParam("q", "{q}").build(query).toString();
    }

    private static URI watchPage(String id) {
        return URI.create("/watch/" + id);
    }

    private static Response backTo(URI page) {
        return Response.seeOther(page).build();
    }
}
