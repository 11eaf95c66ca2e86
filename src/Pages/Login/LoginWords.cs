using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Login;

/// <summary>Texts of the login.</summary>
internal static class LoginWords
{
    public static readonly Text Title = new("Log in", "登录");
    public static readonly Text Secret = new("TOKEN of the service, or an API key", "服务的 TOKEN，或 API 密钥");
    public static readonly Text Wrong = new("This is neither the TOKEN nor a key that works.", "TOKEN 不正确，或密钥已失效。");
    public static readonly Text TooManyTries = new("Too many wrong tries. Wait a minute.", "错误次数过多，请一分钟后再试。");
    public static readonly Text Unavailable = new("Keys can't be checked at the moment. Try again.", "暂时无法校验密钥，请重试。");
}
