package e2e

// route is an operation of the document with what asking it takes and gives. Places such as {song} are
// filled with ids.
type route struct {
	id    string // operationId
	query string
	body  string
	owner int // status for the owner with private things; 0 where the owner is no admin and gets 403
	admin int // status for an admin, where it differs from the owner's
	open  int // status for nobody, where that is not 401
}

// routes is every operation of the document, those that take things away last.
var routes = []route{
	{id: "getOpenAPI", owner: 200, open: 200},
	{id: "getDocs", owner: 200, open: 200},
	{id: "getDocsStyle", owner: 200, open: 200},
	{id: "getDocsScript", owner: 200, open: 200},
	{id: "getHealth", owner: 200, open: 200},
	{id: "getLive", owner: 200, open: 200},
	{id: "getReady", owner: 200, open: 200},
	{id: "register", body: `{"username":"x","email":"x","password":"x"}`, owner: 400, open: 400},
	{id: "login", body: `{"username":"nobody","password":"Wrong1horse"}`, owner: 401, open: 401},
	{id: "refresh", body: `{"refreshToken":"none"}`, owner: 401, open: 401},

	{id: "listSongs", query: "?limit=500&sort=-createdAt", owner: 200},
	{id: "getSong", owner: 200},
	{id: "getSongCover", query: "?size=32", owner: 200},
	{id: "streamSong", owner: 200},
	{id: "headSong", owner: 200},
	{id: "getStreamURL", owner: 200},
	{id: "likeSong", owner: 204},
	{id: "rateSong", body: `{"rating":3}`, owner: 204},
	{id: "listAlbums", owner: 200},
	{id: "getAlbum", owner: 200},
	{id: "getAlbumCover", owner: 200},
	{id: "likeAlbum", owner: 204},
	{id: "rateAlbum", body: `{"rating":3}`, owner: 204},
	{id: "listArtists", owner: 200},
	{id: "getArtist", owner: 200},
	{id: "likeArtist", owner: 204},
	{id: "rateArtist", body: `{"rating":3}`, owner: 204},
	{id: "listGenres", owner: 200},
	{id: "search", query: "?q={word}", owner: 200},
	{id: "listLibraries", owner: 200},
	{id: "recordListening", body: `{"songId":{song}}`, owner: 200},
	{id: "listHistory", owner: 200},
	{id: "getPlaybackState", owner: 200},
	{id: "writePlaybackState", body: `{"currentSongId":{song},"queue":[{"songId":{song}}]}`, owner: 200},
	{id: "listPlaylists", owner: 200},
	{id: "getPlaylist", owner: 200},
	{id: "updatePlaylist", body: `{"description":"new"}`, owner: 200},
	{id: "addPlaylistSong", body: `{"playlistId":{playlist},"songId":{song}}`, owner: 409},
	{id: "addPlaylistSongs", body: `{"songIds":[{song}],"allowDuplicates":true}`, owner: 200},
	{id: "movePlaylistSongs", body: `{"entryIds":[{entry}]}`, owner: 200},
	{id: "editSong", body: `{"year":1999}`, owner: 200},
	{id: "getSession", owner: 200, open: 200}, // says who is signed in, if anybody
	{id: "getProfile", owner: 200},
	{id: "updateProfile", body: `{}`, owner: 200},
	{id: "listSessions", owner: 200},
	{id: "getOwnStorage", owner: 200},
	{id: "createPlaylist", body: `{"name":"One more"}`, owner: 201},
	{id: "uploadSong", body: `{}`, owner: 415},
	{id: "confirmSession", body: `{"password":"Wrong1horse"}`, owner: 400},
	{id: "changePassword", body: `{"currentPassword":"Wrong1horse","newPassword":"Another1horse"}`, owner: 400},

	{id: "getMetrics", admin: 200},
	{id: "getScan", admin: 200},
	{id: "listScanErrors", admin: 200},
	{id: "startScan", admin: 200},
	{id: "stopScan", admin: 200},
	{id: "createLibrary", body: `{"name":"Tapes"}`, admin: 201},
	{id: "updateLibrary", body: `{"name":"Tapes","isOpen":true}`},
	{id: "grantLibrary", body: `{"userIds":[]}`},
	{id: "getStorage", admin: 200},
	{id: "countObjects", admin: 200},
	{id: "setQuota", body: `{}`, admin: 400},
	{id: "getConfiguration", admin: 200},
	{id: "getLog", admin: 200},

	{id: "deleteLibrary", query: "?songs=delete"},
	{id: "unlikeSong", owner: 204},
	{id: "unlikeAlbum", owner: 204},
	{id: "unlikeArtist", owner: 204},
	{id: "removePlaylistSong", owner: 200},
	{id: "deletePlaylist", owner: 200},
	{id: "endSession", owner: 204},
	{id: "deleteSong", owner: 204},
	{id: "logout", body: `{}`, owner: 204, open: 204},
}
